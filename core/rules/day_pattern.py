"""The shapes in which days are said: patterns chosen by how a phrase begins, each named alternative with a reader."""

from __future__ import annotations

import re

from core.rules.vocabulary import END, MONTHS, PART_DAYS, RELATIVE, SHORT_DAYS, WEEKDAYS, any_of

_MONTH, _WEEKDAY, _WORD = any_of(MONTHS), any_of(WEEKDAYS), r"[a-z\u00c0-\u024f]++"
_YEAR = r"(?:[ ]*+,?[ ]*+(?P<{}_y>(?:19|20|21)\d\d)(?!\d))?"
_NEXT = r"(?:next|following|nächste[nrms]?|prochaine?)"
_THIS = r"(?:this|diese[nrms]?|cet|cette|ce)"
_LAST = r"(?:last|letzte[nrms]?|vorige[nrms]?)"
_SPAN = r"(?:week|month|quarter|year|woche|monats?|quartals?|jahre?s?|semaine|mois|trimestre|année)"
_ENDS = r"(?:(?:very[ ])?end(?:[ ]of)?|ende|fin)"
_PARTS = r"(?:beginning|start|middle|mid|early|late|anfang|mitte|début|mi)"
_CLAUSE_ENDS = r"(?=[ ]*+(?:[,;.!?)\ufffc]|$)|[ ](?:please|pls|plz|thanks|thx|latest|at[ ]the[ ]latest|bitte)\b)"

_GOING_ON = "(?:das|die|den|der|dem|ein|eine|einen|alle|noch|bitte|unsere?|mit|an|im|in|von|zur|zum)"
_DATE_ENDS = rf"(?:[ ]des[ ]monats{END}|(?![\d.])(?=[ ]*+(?:[,;!?)\ufffc–-]|$)|[ ]{_GOING_ON}{END}))"

_DAY_MONTH = rf"""(?P<dm_d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ ./-]{{0,3}}(?:of[ ]++|de[ ]++)?
    (?P<dm_m>{any_of(MONTHS).removesuffix(END)})[.]?
    (?:[ ]*+[,/-]?[ ]*+(?P<dm_y>(?:19|20|21)\d\d)(?!\d)|(?:-|[ ]['’]?)(?P<dm_yy>[2-9]\d){_CLAUSE_ENDS}|{END})"""
_MONTH_DAY = rf"""(?P<md_m>{{month}})[.]?[ ]++(?:the[ ]++)?(?P<md_d>\d{{{{1,2}}}})
    (?:st|nd|rd|th)?(?![\d:/%]|[.]\d){_YEAR.format("md")}{END}"""

_LED = r"(?:(?<=by[ ])|(?<=bis[ ])|(?<=due[ ])|(?<=by[ ]the[ ])|(?<=bis[ ]den[ ])|(?<=bis[ ]zum[ ]))"
_MONTH_NO = r"(?:0[1-9]|1[0-2])"
_UNIT = rf"""(?:[mkµn]?[gl]|[kcmµn]?m|h|hrs?|hours?|stunden|min(?:utes?|uten)?|sec|s|days?|tagen?|m?bar|ppm
    |percent|prozent|points?|punkten?|times|volts?|units?|[km]?da|ma|[km]?pa|rpm|c|k){END}"""
"""What a number is counted in that is no date: `by 12.05 mg`."""

_DIGITS = rf"""
      (?P<iso>(?P<iso_y>\d{{4}})[-/.](?P<iso_m>\d{{1,2}})[-/.](?P<iso_d>\d{{1,2}})(?!\d))
    | (?P<numeric>(?P<num_a>\d{{1,2}})(?P<num_s>[/.-])(?P<num_b>\d{{1,2}})(?P=num_s)
        (?P<num_y>\d{{4}}|(?<=/)\d\d|(?<=\.\d\d\.)\d\d)(?![\d/.-]?\d))
    | (?P<slashed>(?P<sl_a>\d{{1,2}})/(?P<sl_b>\d{{1,2}})(?![\d/]|[.]\d|[ ]*+%))
    | (?P<dotted>(?P<dot_d>\d{{1,2}})\.(?P<dot_m>\d{{1,2}})\.(?!\d))
    | (?P<undotted>{_LED}(?P<un_d>\d{{1,2}})(?:\.(?P<un_m>{_MONTH_NO})(?!\.?[\w-])(?![ ]*+(?:[%°±/:]|{_UNIT}))
        |-(?P<un_mm>{_MONTH_NO}){_CLAUSE_ENDS}))
    | (?P<dmonth>{_DAY_MONTH})
    | (?P<nth>(?P<nth_d>\d{{1,2}})(?:(?:st|nd|rd|th)(?:{_CLAUSE_ENDS}|(?=[ ]at[ ]\d))
        |(?<=(?:bis|zum|.am)[ ]\d)\.{_DATE_ENDS}|(?<=(?:bis|zum|.am)[ ]\d\d)\.{_DATE_ENDS}))"""

_BY_WEEKDAY = rf"""
      (?P<dmonth>{_WORD}[,.]?[ ]++(?:the[ ]|le[ ]|den[ ])?{_DAY_MONTH})
    | (?P<monthd>{_WORD}[,.]?[ ]++{_MONTH_DAY.format(month=_MONTH)})
    | (?P<weekday>(?P<wd>{_WORD})(?:[ ]++(?:(?P<wd_k>week){_CLAUSE_ENDS}|(?:of[ ]++)?(?P<wd_w>next|this|last)[ ]++week
        |(?:in[ ]der[ ]|der[ ])?(?:(?P<wd_dn>nächste[rn]?|kommende[rn]?)|(?P<wd_dt>diese[rn]?)|(?P<wd_dl>letzte[rn]?))
          [ ]++woche
        |(?P<wd_fr>prochaine?)|(?P<wd_l>derni(?:er|ère))){END})?)"""

_BY_MONTH = rf"""(?P<monthd>{_MONTH_DAY.format(month=_WORD)}) | (?P<month>(?P<mo>{_WORD}){_YEAR.format("mo")})"""

_BY_OTHER_WORD = rf"""
      (?P<relative>{any_of(RELATIVE)})
    | (?P<weekthen>(?:(?P<wt_n>{_NEXT}|kommende)|(?P<wt_t>{_THIS}))[ ]++(?:week|woche)[ ]++(?:on[ ]|am[ ])?
        (?P<wt>{_WEEKDAY}))
    | (?P<weekof>(?:week[ ](?:of|commencing|beginning|starting)|w/c|woche[ ](?:vom|ab))[ ](?:the[ ]|dem[ ])?)
    | (?P<afternext>(?:the[ ])?week[ ]after[ ]next{END}|übernächste[nr]?[ ]woche{END})
    | (?P<turned>(?:(?P<tw_n>{_NEXT})|(?P<tw_t>{_THIS})|(?P<tw_l>{_LAST})|coming|kommende[nrms]?)[ ]++
        (?P<tw>{_WEEKDAY}))
    | (?P<span>(?:{_PARTS}[ ]++)?(?:{_NEXT}|kommende[nrms]?)[ ]++(?P<sp_u>{_SPAN}){END}
        |(?P<sp_t>{_THIS})[ ]++(?P<sp_tu>{_SPAN}){END}|(?P<sp_l>{_LAST})[ ]++(?P<sp_lu>{_SPAN}){END}
        |(?P<sp_fr>semaine)[ ]++(?:prochaine|(?P<sp_fl>dernière)){END})
    | (?P<ending>{_ENDS}[ ]++(?:the[ ]|der[ ]|des[ ]|du[ ]|de[ ]la[ ]|d[’'])?(?:{_THIS}[ ])?
        (?:(?:(?P<end_n>{_NEXT})|(?P<end_l>{_LAST}))[ ]++)?(?P<end_u>{_SPAN}){END}
        |(?P<end_s>EOW|EOM|EOQ|EOY|(?:month|quarter|year|week)[ -]?end|(?:monats|quartals|jahres|wochen)ende){END})
    | (?P<quarter>(?:{_ENDS}[ ]++)?Q(?P<q_n>[1-4]){END}(?:[ ]*+/)?{_YEAR.format("q")})
    | (?P<weekno>(?P<wk_e>{_ENDS}[ ]++)?
        (?:KW|CW|(?:calendar[ ]|ISO[ ]|kalender)?(?:week|wk|woche)(?=[ ]\d)|W(?=\d\d))[ ]*+
        (?P<wk_n>\d{{1,2}})(?![\d:/-]|\.\d|[ ](?:of|von|der|samples?|data|pull|time)\b)(?:[ ]*+/)?{_YEAR.format("wk")})
    | (?P<monthpart>(?:(?P<mp_e>{_ENDS})|(?P<mp_p>{_PARTS}))[ -]+(?:of[ ]|de[ ]|d[’'])?
        (?P<mp_m>{_MONTH}){_YEAR.format("mp")})"""

_OTHER_WORDS = """
    today tonight tomorrow tmrw tmr tomorow tommorow tommorrow tmw yesterday gestern vorgestern last letzte letzten
    letzter letztem letztes vorige heut
    vorigen voriger vorigem voriges day heute morgen übermorgen aujourd demain après next following nächste nächsten
    nächster nächstem nächstes prochain prochaine this diese diesen dieser diesem dieses cet cette ce coming kommende
    kommenden kommender kommendem kommendes semaine very end ende fin eow eom eoq eoy month quarter year week
    monthend quarterend yearend weekend monatsende quartalsende jahresende wochenende übernächste übernächsten
    übernächster wk kalenderwoche woche q kw cw w calendar iso beginning start
    middle mid early late anfang mitte début mi"""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})", re.VERBOSE | re.IGNORECASE | re.ASCII)


DIGIT_LED = _compiled(_DIGITS)
WORD_LED = {
    **dict.fromkeys(_OTHER_WORDS.split(), _compiled(_BY_OTHER_WORD)),
    **dict.fromkeys(MONTHS, _compiled(_BY_MONTH)),
    **dict.fromkeys((*WEEKDAYS, *SHORT_DAYS, *PART_DAYS), _compiled(_BY_WEEKDAY)),
}
"""The lower-case first word of a phrase to the pattern that reads it."""

ARTICLE = re.compile(r"(?:the|our|le|la|der|die|das|den|dem|unser(?:e[nmrs]?)?)[ ]++", re.IGNORECASE)
FIRST_WORD = re.compile(r"[^\W\d_]++")
