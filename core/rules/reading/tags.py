"""Tags by which people mark a line as a record, in both languages; the kind `none` is what marks that it is none."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "action": """
        my action, my actions, my todo, my task, my to do, on me, action on me, actions on me, with me, on my list,
        action, actions, action item, action items, ai, todo, to do, to-do, todos, task, tasks, follow-up,
        follow up, next step, next steps, recurring action, new action, action point, ap, actions from today,
        action required, action for, to dos, follow-ups, deliverable, act""",
    "decision": """
        decision, decisions, decided, resolution, resolved, agreed with all, agreed by all, final decision,
        decision taken, joint decision, decision made, consensus, new decision, it is decided, all agreed,
        agreement, team decision, unanimous decision, decision of today, agreed, agreed with everyone,
        agreed with everybody""",
    "question": """
        question, questions, q, open question, open questions, quick question, question for, open issue, query,
        to be clarified, tbc, question from me, my question""",
    "risk": """
        risk, risks, potential risk, new risk, key risk, main risk, biggest risk, project risk, quality risk,
        timeline risk, supply risk, risk for the register, schedule risk, risk identified, identified risk, threat""",
    "signal": """
        signal, deviation, incident, alarm, alert, oos, oot, excursion, quality event, event, nonconformance,
        non-conformance, ncr, issue found, problem found, temperature excursion, quality issue,
        urgent quality issue, unplanned event, complaint""",
    "none": """
        fyi, info, information, note, notes, nb, not an action, no action, status, update, recap, background,
        agenda, reminder of, context, summary, off topic, ot, joke, example, template, quote, for info,
        for information, just fyi, minutes, side note, disclaimer, general info, general update, proposal,
        suggestion, idea, motion, ps""",
}
"""Kind to the tags that mark it; the kind `none` marks what is no record."""

GERMAN: dict[str, str] = {
    "action": """
        aufgabe, aufgaben, maßnahme, maßnahmen, zu tun, zu erledigen, to-do, aktion, auftrag, arbeitspaket,
        wiederkehrende aufgabe, neue aufgabe, nächster schritt, nächste schritte, arbeitsauftrag, todo-punkt, aufg,
        maßn, akt""",
    "decision": """
        entscheidung, entscheidungen, beschluss, beschlüsse, beschlossen, entschieden, festlegung, festgelegt,
        konsens, vereinbart, vereinbarung, gemeinsamer beschluss, gemeinsame entscheidung, einstimmig beschlossen,
        alle einverstanden, endgültige entscheidung, einigung, mit allen abgestimmt, mit allen vereinbart,
        alle einig, einig mit allen, entsch, beschl""",
    "question": """
        frage, fragen, offene frage, offene fragen, kurze frage, frage an, zu klären, noch eine frage, eine frage,
        rückfrage, meine frage, verständnisfrage""",
    "risk": """
        risiko, risiken, neues risiko, mögliches risiko, potenzielles risiko, potentielles risiko, hauptrisiko,
        größtes risiko, terminrisiko, qualitätsrisiko, risiko fürs register, risiko für das register, gefahr,
        lieferrisiko""",
    "signal": """
        abweichung, signal, vorfall, alarm, störung, qualitätsereignis, temperaturabweichung, reklamation, ereignis,
        qualitätsproblem""",
    "none": """
        zur info, info, hinweis, notiz, keine aufgabe, stand, status, hintergrund, agenda, tagesordnung,
        zusammenfassung, protokoll, beispiel, vorlage, zitat, nur zur info, anmerkung, rückblick, vorschlag, idee,
        ps, kein beschluss, keine entscheidung, antrag, scherz, witz""",
}
