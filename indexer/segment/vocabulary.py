"""Words by which documents say what they hold, in each of four languages.

They are written as `fold_heading` gives them: capitals without accents. A word may be a regular expression without
groups.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of one language, or of several together.

    Attributes:
        recommendations: what a heading calls recommendations.
        recommendation: one of them, which also stands before its number.
        joining: words that may stand before these in a heading without changing what it announces.
        turning: words by which a heading is about recommendations and announces none: replies, progress.
        earlier: words for recommendations that were made before.
        leading: words that lead from what stands before to recommendations: `progress on`.
        addressing: words that lead from a recommendation to whom it is for.
        parts: what the parts of a document are called before their number.
        annexes: what stands after the text.
        contents: titles of a list of contents.
        operative: verbs that stand alone before what a body resolves.
        that: words that may stand between such a verb and what is recommended.
        recommending: forms of the present by which an author recommends.
        recommended: forms of the past, which may tell of others.
        following: words of `the following recommendations`.
        preamble: titles of a preamble.
        answers: titles of what answers a recommendation.
        answering: openings of a sentence by which those who were recommended something answer.
    """

    recommendations: tuple[str, ...]
    recommendation: tuple[str, ...]
    joining: tuple[str, ...]
    turning: tuple[str, ...]
    earlier: tuple[str, ...]
    leading: tuple[str, ...]
    addressing: tuple[str, ...]
    parts: tuple[str, ...]
    annexes: tuple[str, ...]
    contents: tuple[str, ...]
    operative: tuple[str, ...]
    that: tuple[str, ...]
    recommending: tuple[str, ...]
    recommended: tuple[str, ...]
    following: tuple[str, ...]
    preamble: tuple[str, ...]
    answers: tuple[str, ...]
    answering: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Vocabulary(
    recommendations=("RECOMMENDATIONS",),
    recommendation=("RECOMMENDATION",),
    joining=_words(
        "DRAFT FINAL PROPOSED LIST SUMMARY GENERAL MAIN KEY NEW OUR AGREED SAFETY CONCLUSIONS? "
        "FINDINGS? LESSONS? ACTIONS? THE OF AND OR AND/OR &"
    ),
    turning=_words(
        "RESPONSES? REPLY REPLIES ANSWERS? IMPLEMENT\\w* FOLLOW FOLLOW-UP STATUS PROGRESS NOTES? "
        "REVIEW EFFECT METHODOLOGY ACCEPTANCE"
    ),
    earlier=_words("PREVIOUS PAST EARLIER PRIOR OUTSTANDING"),
    leading=_words("TO ON ABOUT FROM IN WITH BY AGAINST TOWARDS"),
    addressing=_words("FOR TO"),
    parts=_words("CHAPTER SECTION PART APPENDIX ANNEX"),
    annexes=_words("ANNEX ANNEXES APPENDIX APPENDICES"),
    contents=(*_words("INDEX"), *("(?:TABLE OF )?CONTENTS",)),
    operative=(
        *_words("RESOLVES? DECIDES? RECOMMENDS? DECLARES? ORDERS? AGREES?"),
        *("HEREBY RESOLVES?", "HEREBY DECIDES?"),
    ),
    that=("THAT",),
    recommending=_words("RECOMMENDS? RECOMMENDING"),
    recommended=("RECOMMENDED",),
    following=("FOLLOWING", "AS FOLLOWS"),
    preamble=("PREAMBLE",),
    answers=(
        *_words("RESPONSE REPLY ANSWER"),
        *("GOVERNMENT(?:['’]S)? (?:RESPONSE|REPLY)", "(?:MANAGEMENT|AGENCY) RESPONSE"),
        "(?:RESPONSE|REPLY) (?:OF|BY|FROM) .{1,40}",
    ),
    answering=(
        "(?:THE )?(?:GOVERNMENT|MINISTRY|DEPARTMENT|MINISTER|AGENCY|MANAGEMENT|STATE) (?:FULLY |PARTLY |PARTIALLY )?"
        "(?:HAS |HAVE )?(?:ACCEPTS?|ACCEPTED|AGREES?|AGREED|NOTES|NOTED|WELCOMES|REJECTS?|REJECTED|SUPPORTS|"
        "ACKNOWLEDGES|DISAGREES?|CONCURS?|RECOGNISES|RECOGNIZES)",
    ),
)

SPANISH = Vocabulary(
    recommendations=("RECOMENDACIONES",),
    recommendation=("RECOMENDACION",),
    joining=_words(
        "PROYECTO LISTA RESUMEN CONCLUSION CONCLUSIONES HALLAZGOS PRINCIPALES NUESTRAS Y/O DE LAS? "
        "LOS? EL Y E O U FINALES GENERALES"
    ),
    turning=_words("RESPUESTAS? CUMPLIMIENTO SEGUIMIENTO IMPLEMENTACION ESTADO AVANCES? NOTAS? METODOLOGIA"),
    earlier=_words("ANTERIORES PREVIAS PENDIENTES"),
    leading=_words("SOBRE CON EN A POR"),
    addressing=_words("A AL PARA"),
    parts=_words("CAPITULO SECCION PARTE TITULO APENDICE ANEXO"),
    annexes=_words("ANEXO ANEXOS APENDICE APENDICES"),
    contents=(*_words("SUMARIO CONTENIDOS?"), *("INDICE(?: GENERAL)?", "TABLA DE CONTENIDOS?")),
    operative=(
        *_words("RESUELVO ACUERDAN? DISPONEN? DISPONGO DECIDEN? DECLARAN? ORDENAN? RECOMIENDAN? DECRETAN?"),
        *("(?:SE )?RESUELVEN?", "HAN? RESUELTO", "HAN? ACORDADO"),
    ),
    that=(*_words("QUE"), *("LO SIGUIENTE",)),
    recommending=_words("RECOMIENDAN? RECOMENDAMOS RECOMENDAR"),
    recommended=_words("RECOMENDO RECOMENDARON"),
    following=("SIGUIENTES",),
    preamble=("PREAMBULO",),
    answers=(
        "RESPUESTA",
        "RESPUESTA (?:DEL?|DE LA) .{1,40}",
    ),
    answering=(
        "(?:EL|LA) (?:GOBIERNO|MINISTERIO|ESTADO|ADMINISTRACION|SECRETARIA) (?:NO )?"
        "(?:ACEPTA|ACEPTO|ACOGE|RECHAZA|RECHAZO|TOMA NOTA|COMPARTE|ESTA DE ACUERDO|COINCIDE)",
    ),
)

PORTUGUESE = Vocabulary(
    recommendations=("RECOMENDACOES",),
    recommendation=("RECOMENDACAO",),
    joining=_words(
        "PROJETO LISTA RESUMO CONCLUSAO CONCLUSOES PRINCIPAIS NOSSAS E/OU DE DAS? DOS? AS? OS? E OU FINAIS GERAIS"
    ),
    turning=_words("RESPOSTAS? CUMPRIMENTO ACOMPANHAMENTO IMPLEMENTACAO SITUACAO NOTAS? METODOLOGIA"),
    earlier=_words("ANTERIORES PENDENTES"),
    leading=_words("SOBRE COM EM AO POR"),
    addressing=_words("AO? AOS AS PARA"),
    parts=_words("CAPITULO SECAO PARTE TITULO APENDICE ANEXO"),
    annexes=_words("ANEXO ANEXOS APENDICE APENDICES"),
    contents=_words("SUMARIO INDICE CONTEUDO"),
    operative=_words(
        "RESOLVEM? DELIBERAM? DECIDEM? DETERMINAM? DECLARAM? ACORDAM? DISPOEM? RECOMENDAM? RESOLVO DECRETAM?"
    ),
    that=(*_words("QUE"), *("O SEGUINTE",)),
    recommending=_words("RECOMENDAM? RECOMENDAMOS RECOMENDA-SE RECOMENDAR"),
    recommended=_words("RECOMENDOU RECOMENDARAM"),
    following=("SEGUINTES",),
    preamble=("PREAMBULO",),
    answers=(
        "RESPOSTA",
        "RESPOSTA (?:DO|DA|DE) .{1,40}",
    ),
    answering=(
        "[OA] (?:GOVERNO|MINISTERIO|ESTADO|ADMINISTRACAO|SECRETARIA) (?:NAO )?"
        "(?:ACEITA|ACEITOU|ACOLHE|REJEITA|REJEITOU|TOMA NOTA|CONCORDA|DISCORDA)",
    ),
)

FRENCH = Vocabulary(
    recommendations=("RECOMMANDATIONS",),
    recommendation=("RECOMMANDATION",),
    joining=_words(
        "PROJET LISTE RESUME CONCLUSIONS? CONSTATATIONS PRINCIPALES NOS ET/OU DES? LES? LA ET OU FINALES GENERALES DU"
    ),
    turning=(*_words("REPONSES? SUIVI ETAT NOTES? METHODOLOGIE"), *("MISE EN OEUVRE", "MISE EN ŒUVRE")),
    earlier=_words("ANTERIEURES PRECEDENTES"),
    leading=_words("SUR AVEC EN AU PAR"),
    addressing=_words("A AU AUX POUR"),
    parts=_words("CHAPITRE SECTION PARTIE TITRE ANNEXE APPENDICE"),
    annexes=_words("ANNEXE ANNEXES APPENDICE"),
    contents=(*_words("SOMMAIRE"), *("TABLE DES MATIERES",)),
    operative=_words("DECIDE(?:NT)? DELIBERE ARRETE(?:NT)? RESOUT DECLARE(?:NT)? ADOPTE CONVIENT RECOMMANDE(?:NT)?"),
    that=(*_words("QUE"), *("CE QUI SUIT",)),
    recommending=_words("RECOMMANDE(?:NT)? RECOMMANDONS"),
    recommended=("(?:A|ONT) RECOMMANDE",),
    following=("SUIVANTES",),
    preamble=("PREAMBULE",),
    answers=(
        "REPONSE",
        "REPONSE (?:DU|DE LA|DE) .{1,40}",
    ),
    answering=(
        "(?:L[EA] |L['’])(?:GOUVERNEMENT|MINISTERE|ETAT|ADMINISTRATION) (?:N['’]? ?)?"
        "(?:ACCEPTE|REJETTE|PREND NOTE|PARTAGE|APPROUVE|SOUSCRIT)",
    ),
)

LANGUAGES = (ENGLISH, SPANISH, PORTUGUESE, FRENCH)

EVERY = Vocabulary(
    **{each.name: sum((getattr(one, each.name) for one in LANGUAGES), ()) for each in fields(Vocabulary)}
)
"""Words of all languages together: a document may print several, and its language is told of its passages only."""


def any_of(words: tuple[str, ...]) -> str:
    """Make a pattern for any of some words, the longest first."""
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})"
