"""Questions that want no answer: `who doesn't love …`, `have I ever …`, `wozu …, wenn es keiner liest?`."""

from __future__ import annotations

import re

from core.rules.reading.parts import Sentence

_LEADS = """but and well so sorry pardon wait hm na und aber tja also ach morning hi hey hello all moin hallo zusammen
    sure honestly seriously really oh man ehrlich mal leute folks guys sag ja nun yeah ,"""
_IDIOMS = r"""
    who (?:could|would|might) (?:ever )?have
    who (?:doesn't|does not|doesnt|wouldn't|would not|wouldnt) (?:love|like|enjoy|want|adore|fancy|hate|look forward)
    who needs (?:.* anyway|sleep|weekends|holidays|friends|enemies|hobbies|a life)
    who (?:always )?ends up
    who (?:cares|in their right mind)
    who has (?:the )?time for (?:that|this|it)
    (?:who|why|what|how|where) (?:on earth|the hell|the heck|in the world)
    what could (?:possibly )?go wrong
    what could be (?:better|nicer|more fun)
    what else is new
    (?:what's|what is) not to (?:like|love)
    (?:what's|what is) the (?:point|use) .*(?:nobody|no one|anyway)
    what (?:do|did) you (?:mean|say|expect)$
    what was that(?: again)?$
    how hard can (?:it|that)
    how (?:many times|often) (?:do|did|must|have|should) (?:i|we) .*(?:sa(?:y|id)|explain|discuss|repeat)\w* (?:this|it)
    how (?:many times|often) (?:do|did|must|have|should) (?:i|we) .*(?:tell|told|ask) (?:you|them)
    how (?:many times|often) have we had this
    (?:are you|is he|is she|are they) (?:kidding|serious|joking)
    is (?:this|that|it) (?:a joke|some kind of joke)
    why (?:bother|am i not surprised|always me|always us|is it always|me$)
    why (?:do|does|did|are|is|would) .*(?:even|(?:if|when) (?:nobody|no one))
    can you believe
    isn't (?:it|that) (?:ironic|obvious|great|lovely)
    is there anything (?:better|nicer|more fun)
    have i ever
    when (?:have|has|did|do|does) \w+ ever
    since when (?:do|does|am|are)
    have (?:we|you|they) ever .*(?:on time|in time|first time|first try|on schedule)
    do i look
    (?:need i|do i have to|do i need to) say
    does (?:anybody|anyone) (?:really|seriously|still) (?:believe|think)
    guess (?:who|what|how)
    where (?:did|has) the (?:time|week|day|month|year|morning) (?:go|gone)
    (?:is|was) it (?:also |as |so |that )?(?:cold|hot|warm|rainy|sunny|wet|windy)(?! enough)
    (?:ist|war) es (?:bei euch )?(?:auch )?(?:so )?(?:kalt|heiss|warm|nass|windig)
    warum einfach wenn(?:'?s)?
    (?:wozu|warum|weshalb|wieso) .*(?:wenn|obwohl) .*(?:keiner|niemand|niemanden|eh|sowieso|ohnehin|nie)
    (?:wer|was|wie|warum|wozu|wieso|wo) .*denn bitte
    wer haette .*(?:gedacht|geahnt|gewusst|erwartet|geglaubt)
    wer \w+ (?:eigentlich )?(?:schon )?freiwillig
    wer (?:glaubt|denkt|meint) (?:denn|eigentlich|schon|noch|ernsthaft|wirklich)
    wer \w+ (?:denn |schon )?(?:sowas|so was|so etwas)$
    wer hat .*(?:ausgedacht|auf die idee)
    wer (?:mag|will|liebt|hasst|freut) .*(?:nicht|keine|keinen|kein)
    wer (?:braucht schon|hat schon (?:zeit|lust))
    wer darf (?:das |es |dann )*(?:wieder|am ende)
    wen (?:interessiert|juckt|wundert|kuemmert)
    (?:soll|ist) das ein (?:witz|scherz)
    ist das (?:dein|euer|ihr) ernst
    was soll (?:das$|(?:der|die|das) ganze)
    was (?:gibt es|gibt's|kann es) (?:\w+ )?(?:schoeneres|besseres)
    was (?:kann|soll) da(?:bei)? schon
    was (?:meinst du(?: damit)?|hast du gesagt|war das(?: nochmal)?)$
    muss das (?:denn )?sein
    muss ich (?:dazu )?(?:noch|mehr) .*sagen
    wie schwer kann (?:das|es)
    wie oft (?:muss|muessen|soll|sollen|haben|habe) (?:ich|wir) .*(?:sag|klaer|diskutier|frag)(?:en|t)$
    warum (?:wundert mich|immer (?:ich|wir|uns|bei)|ausgerechnet)
    hab(?:e|en)? (?:ich|wir) (?:je|jemals) .*(?:gesagt|puenktlich|rechtzeitig|geklappt)
    seit wann .*(?:puenktlich|freiwillig|von selbst)
    wo ist (?:nur|bloss)
    wem sagst du das
    (?:weisst du|wisst ihr|wissen sie|erinnerst du dich|erinnert ihr euch|do you|does anyone|who) (?:noch|remember)
    glaubt (?:hier |das |jemand )*(?:noch|wirklich|ernsthaft)
"""
"""How they begin, one a line, in the spelling of cues and without their commas."""
_AFTER = f"(?:(?:{'|'.join(_LEADS.split())}) )*"
_RHETORICAL = re.compile(rf"{_AFTER}(?:{'|'.join(map(str.strip, _IDIOMS.strip().splitlines()))})(?!\w)")


def is_rhetorical(sentence: Sentence) -> bool:
    """Whether a question only says what its speaker thinks."""
    said = " ".join([word.low for word in sentence.words if word.kind in ("word", "ref")])
    return _RHETORICAL.match(said) is not None
