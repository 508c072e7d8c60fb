"""What people answer to a line and say of a record that exists, in both languages; `a/b` is either word."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "agree": """
        agreed, agree, i agree, we agree, +1, sounds good, works for me, works for us, fine by me, fine with me,
        fine by us, fine with us, fine for me, ok for me, ok for us, ok with me, ok from my side, ok from our side,
        approved, let's do that, let's do it, let's go with that, yes please, all agreed, fully agree, no objection,
        no objections, seconded, i second that, second that, happy with that, good with me, all good with me,
        i'm ok with that, i am ok with that, i'm fine with that, i'm good with that, in favour, in favor, deal,
        ok let's do that, confirmed, accepted, agrees, concur, i concur, we concur, on board, consensus,
        good for us, good for me, that works, makes sense to me, aye, go for it, go ahead, let's go, ok for,
        okay for, fine for, works for, good for, ok from, okay from, fine from, good from, all in favour,
        sounds like a plan, sounds reasonable, sounds right""",
    "accept": """
        will do, on it, i'm on it, i am on it, im on it, got it, sure, ok, okay, okay will do, yes, yep, yeah,
        consider it done, no problem, np, can do, happy to, sure thing, of course, absolutely, right away, i will,
        i'll do that, i'll do it, i'll do this, i can do that, i can do it, i can do this, will be done,
        i'm happy to, leave it with me, leave it to me, noted will do, it's on my list, on my list, certainly,
        roger, roger that, aye aye, ack, doing it now, shall do, yes i can, yes will do, with pleasure, my pleasure,
        you got it, copy that, accepted, fine, all right, alright""",
    "take it": """
        i'd be happy/glad/willing/delighted to take/do/handle/own it/this/that,
        i would be happy/glad/willing/delighted to take/do/handle/own it/this/that,
        i'd be happy/glad/willing to take this/that one, i would be happy/glad/willing to take this/that one,
        i'd be happy/glad/willing to, i would be happy/glad/willing to,
        happy/glad to do/handle it/this/that, happy/glad to take/do this/that one, happy/glad to help,
        happy/glad to look into it/this/that, i could take/do/handle it/this/that, i could take this/that one,
        i'd take this, i would take it/this/that, i can take care of it/this/that, i can look at it/this/that,
        i'll look at it/this/that, i can do this/that one, i'll do this/that one, i'll have it/this/that,
        leave it/this/that with/to me, i'm happy/glad to take/do it/this/that, i'm happy/glad to take this/that one,
        i am happy to take it/this/that, i am happy to take this/that one, i can help with it/this/that, me please,
        over to me, i'm taking it/this/that, i'm taking this/that one,
        i'll take it, i'll take this, i'll take that, i'll take that one, i'll take this one, i can take it,
        i can take that, i can take this, i can take that one, i can take this one, mine, that's mine, this is mine,
        i'll own it, i'll own this, i'll own that, i've got this, i got this, i'll handle it, i'll handle this,
        i'll handle that, i'll pick it up, i'll pick this up, i'll pick that up, happy to take it,
        happy to take this, happy to take that, happy to take that one, put me down, put me down for it,
        put me down for that, assign it to me, give it to me, i'll look after it, i'll look after that,
        i will take it, i will take this, i will take that, i will take that one, i will take this one, i volunteer,
        i'll volunteer, i'll look into it, i will look into it, i'll look into that, i'll take care of it,
        i'll take care of this, i'll take care of that, i will take care of it, i can do that, i can do it,
        i'll do it, i'll do that, i'll do this, i can handle it, i can handle that, me, i'll see to it,
        i'll sort it, i'll sort it out, i'll get it done, count me in, i'll jump on it, i'll jump on that,
        i'm on it, on it, will do, i will do it, i will do that, i can look into it, i can pick that up,
        i can pick it up, i'll chase it, i'll chase that, i'll own that one, let me take it, let me take that,
        let me take that one, let me handle that, let me handle it, i'd take it, i'd take that""",
    "reported": """
        done, finished, completed, complete, closed, sent, uploaded, submitted, fixed, delivered, shared, posted,
        just sent it, just sent, just done, all done, is done, it's done, has been done, have been done,
        done and dusted, sorted, resolved, signed, shipped, ordered, booked, i've sent, i have sent, i've done,
        i've uploaded, filed, already done, already sent, should be in your inbox, in your inbox,
        it's in the folder, emailed, mailed""",
    "started": """
        % there/done/complete/finished, almost/nearly/halfway there, mostly/largely/otherwise done/complete/finished,
        started, start, working on, in progress, still working on, began, underway, under way, ongoing, halfway,
        half way, almost done, nearly done, wip, on track, on it, begun, picked up, first draft, nearly finished,
        almost finished, not finished yet, not done yet""",
    "late": """
        will be late, is late, delayed, running late, behind schedule, can't finish, won't finish, will slip,
        is slipping, blocked, stuck, at risk, overdue, need more time, needs more time, will not make,
        won't make it, can't make it, cannot make it, cannot be kept, can't be kept""",
    "move": """
        move, push, shift, postpone, delay, reschedule, extend, change the due date of, change due date of,
        change the date of, change due of, bring forward, pull forward, pull in, push back, push out, re-date,
        move out, put back, new date, new due date, new due, due date now, new deadline, change the deadline of,
        change the due date for, change the date for, set the due date of, set the due date for,
        update the due date of, prolong, extend the due date of, make it, needs more time, need more time,
        more time, moved, pushed, postponed, extended, shifted, rescheduled, due date of, due date for, deadline of,
        deadline for, new date for, put off,
        about moving/pushing/shifting/postponing/extending""",
    "hand": """
        reassign, re-assign, hand, hand over, pass, transfer, give, assign, goes to, moves to, belongs to,
        new owner, owner is now, owner now, owner should be, change the owner of, change owner of,
        change the owner for, is now with, now with, taken over by, take over, takes over, will take over,
        is taking over, swap the owner of, should go to, should be, go to, is for, transferred to, given to,
        reassigned to, handed to, over to""",
    "cancel": """
        cancel, drop, kill, delete, withdraw, can be closed as obsolete, is obsolete, no longer needed,
        not needed any more, not needed anymore, no longer required, is void, can be cancelled, can be dropped,
        scrap, is superseded""",
    "reword": """
        reword, rename, change the text of, change the wording of, should read, should say, rephrase,
        change the title of""",
    "instead": """
        instead, rather, better, need until, needs until, can we make it, could we make it, make it, could it be,
        can it be, can it wait until, can that wait until, not by, give me until, give us until, i need until,
        can we push, can we move, push to, push it to, move to, move it to, let's say, say, earliest,
        at the earliest, only by, only on, more like, realistic is, realistically""",
    "wants an owner": """
        need an owner, needs an owner, who can, who takes, who will, who could, volunteer, volunteers, who wants,
        who is going to, who's going to, need somebody, need someone, who would, who does, no owner,
        without an owner, owner needed, owner missing""",
}

GERMAN: dict[str, str] = {
    "agree": """
        einverstanden, zustimmung, stimme zu, ich stimme zu, wir stimmen zu, dafür, bin dafür, passt für mich,
        passt für uns, passt, so machen wir's, so machen wir es, machen wir so, ok für mich, ok für uns, in ordnung,
        klingt gut, bin einverstanden, wir sind einverstanden, ich bin einverstanden, sind einverstanden,
        sehe ich auch so, kein einwand, keine einwände, abgemacht, genehmigt, zugestimmt, von mir aus gern,
        von uns aus ok, deal, vereinbart, beschlossen, stimme dem zu, das machen wir so, find ich gut,
        finde ich gut, d'accord, dabei, passt für, ok für, einverstanden von, gut für, in ordnung für,
        geht für uns in ordnung, gute idee machen wir so""",
    "accept": """
        mach ich, mache ich, geht klar, wird gemacht, wird erledigt, klar, ja, jo, gern, gerne, ok, okay,
        alles klar, bin dran, ich bin dran, kein problem, sicher, natürlich, selbstverständlich, ich kümmere mich,
        ich kümmere mich drum, ich kümmere mich darum, kümmere mich, kümmere mich drum, kümmere mich darum,
        kümmer mich, kümmer mich drum, erledige ich, das mache ich, das mach ich, passt, läuft, na klar, jawohl,
        verstanden, ist notiert, notiert, machen wir, übernehme ich, ich übernehme, ich übernehme das, ja klar,
        ja gerne, ja mache ich, klar mach ich, ist auf meiner liste, steht auf meiner liste, kommt""",
    "take it": """
        das würde ich machen/übernehmen/erledigen, würde ich machen/übernehmen, ich würde das machen/übernehmen,
        das könnte ich machen/übernehmen, könnte ich machen/übernehmen, ich könnte das machen/übernehmen,
        kann ich gern/gerne machen/übernehmen, ich kann das gern/gerne machen/übernehmen, das nehme ich, nehm ich,
        ich nehm das, ich nehm's, das nehm ich, das erledige ich gern/gerne, da kümmere ich mich drum,
        ich mach das gern,
        ich übernehme, ich übernehme das, übernehme ich, das übernehme ich, ich nehme das, nehme ich,
        ich kümmere mich, ich kümmere mich drum, ich kümmere mich darum, kümmere mich, kümmere mich drum,
        kümmere mich darum, kümmer mich, kümmer mich drum, ich mach das, ich mache das, mach ich, mache ich,
        das mache ich, das mach ich, ich kann das machen, kann ich machen, das kann ich machen, kann ich übernehmen,
        das kann ich übernehmen, ich kann das übernehmen, ich erledige das, erledige ich, das erledige ich, ich,
        meins, bin dran, ich bin dran, geht auf mich, ich schau mir das an, schau ich mir an, ich schaue mir das an,
        schaue ich mir an, ich klär das, ich kläre das, kläre ich, das kläre ich, wird gemacht, geht klar,
        ich mach's, mach ich gern, mach ich gerne, mache ich gern, mache ich gerne, übernehme ich gern,
        übernehme ich gerne, gebt es mir, ich hol's mir, trag mich ein""",
    "reported": """
        erledigt, fertig, gemacht, geschickt, hochgeladen, abgeschlossen, gesendet, verschickt, ist erledigt,
        ist fertig, ist raus, ist durch, ist gemacht, abgelegt, abgehakt, schon erledigt, schon geschickt,
        schon gemacht, liegt im ordner, ist im ordner, habe ich geschickt, hab ich geschickt, ist unterschrieben,
        unterschrieben, ist passiert, geschlossen, kann geschlossen werden, kann zu, ist drin, umgesetzt,
        eingereicht, bestellt, gebucht, gerade geschickt""",
    "started": """
        % fertig/erledigt, prozent fertig/erledigt, größtenteils fertig, weitgehend fertig, ansonsten fertig,
        angefangen, begonnen, in arbeit, bin dran, ist in arbeit, läuft, dran, am laufen, fast fertig,
        noch nicht fertig, in bearbeitung, gestartet, arbeite an, arbeite noch an, arbeiten an, halb fertig""",
    "late": """
        verspätet sich, dauert länger, wird später, schaffe ich nicht, verzögert sich, schaffen wir nicht,
        brauche länger, brauchen länger, ist überfällig, hängt, blockiert, im verzug, wird nichts, braucht länger""",
    "move": """
        verschieben, verschiebe, verschiebt, schieben, schieb, verlängern, verlängere, verlängert, auf den,
        vorziehen, neuer termin, neues datum, neue frist, umterminieren, verlegen, schiebe, schiebt, strecken,
        neuer stichtag, später, brauche mehr zeit, brauchen mehr zeit, braucht mehr zeit, verschoben,
        verlängert werden, frist für, termin für, termin von""",
    "hand": """
        geht an, übergeben, gebt, übergibt, übertragen, neuer verantwortlicher, neue verantwortliche, zuweisen,
        gehört zu, gehört jetzt, liegt jetzt bei, macht jetzt, übernimmt, umhängen, an wen, geben, gib, umbuchen""",
    "cancel": """
        streichen, stornieren, löschen, entfällt, kann weg, hinfällig, wird nicht mehr gebraucht,
        wird nicht mehr benötigt, ist obsolet, fällt weg, absagen, ist gestrichen, ist hinfällig, gestrichen werden,
        storniert werden, gelöscht werden, können wir streichen""",
    "instead": """
        stattdessen, lieber, besser, erst, frühestens, brauche bis, brauchen bis, reicht auch, geht auch,
        schaffe ich erst, schaffen wir erst, verschieben, verschieben auf, sagen wir, eher, geht es auch,
        realistisch""",
    "wants an owner": """
        wer kann, wer macht, wer übernimmt, wer könnte, brauchen jemand, brauchen jemanden, wer kümmert sich,
        wer will, freiwillige, wer nimmt, fehlt noch ein owner, ohne verantwortlichen""",
}
