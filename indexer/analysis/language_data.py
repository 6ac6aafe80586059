"""Tables of words and endings of English, Spanish, Portuguese and French.

The tables hold facts of the languages, none of them taken from the documents of one body.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Single letters of French are what elision leaves of a word of grammar: ``l'``, ``qu'``.
STOP_WORDS: dict[str, frozenset[str]] = {
    "en": _words("""
        a about above after again against all also am among an and any are as at be because been before being below
        between both but by can could did do does doing down during each either few for from further had has have
        having he her here hers herself him himself his how i if in into is it its itself just many may me might more
        most much must my myself neither no nor not of off on once only or other our ours ourselves out over own per
        same shall she should so some such than that the their theirs them themselves then there these they this those
        through to too under until up upon very was we were what when where whether which while who whom whose why
        will with within without would you your yours yourself yourselves"""),
    "es": _words("""
        a al algo algún alguna algunas alguno algunos ante antes así aun aún bajo cada como cómo con contra cual cuál
        cuales cuáles cualquier cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto cuantos cuántos cuya cuyas
        cuyo cuyos de debe deben deberá deberán debería deberían del desde después donde dónde durante e el él ella
        ellas ello ellos en entre era eran es esa esas ese eso esos esta está estaba estaban estamos están estar estas
        este esto estos fue fueron ha haber había habían han hasta hay he hemos la las le les lo los más me mediante
        mi mientras mis mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestras nuestro nuestros o os
        otra otras otro otros para pero poco podrá podrán podría podrían por porque puede pueden pues que qué quien
        quién quienes quiénes se según ser será serán si sí sido siendo sin sino sobre somos son su sus también tan
        tanto te tenía tenían tiene tienen toda todas todo todos tras tu tus u un una unas uno unos y ya yo"""),
    "pt": _words("""
        a à antes ao aos aquela aquelas aquele aqueles aquilo as às assim até cada com como contra cuja cujas cujo
        cujos da das de dela delas dele deles depois desde dessa dessas desse desses desta destas deste destes deve
        devem deverá deverão deveria deveriam do dos durante e é ela elas ele eles em entre era eram essa essas esse
        esses esta está estão estar estas estava este estes eu foi for foram há havia isso isto já lhe lhes mais mas
        me mediante mesma mesmo meu minha muita muitas muito muitos na não nas nem no nos nós nossa nossas nosso
        nossos num numa o onde os ou outra outras outro outros para pela pelas pelo pelos perante pode podem poderá
        poderão poderia poderiam por porque porquê quais qual qualquer quando quanta quantas quanto quantos que quê
        quem são se seja sejam sem ser será serão seu seus só sob sobre sua suas também tão te tem têm tendo ter teu
        tinha tinham toda todas todo todos tu um uma umas uns você vocês"""),
    "fr": _words("""
        à afin ai ainsi après au aucun aucune aussi autre autres aux avait avant avec avoir beaucoup c car ce ceci
        cela celle celles celui ces cet cette ceux chaque chez combien comme comment d dans de depuis des dès devra
        devraient devrait devront doit doivent donc dont du durant elle elles en encore entre es est et étaient était
        étant été être eu eux furent fut hors il ils j je jusqu l la là le lequel les lesquelles lesquels leur leurs
        lors lorsqu lorsque lui m ma mais me même mêmes mes moi moins mon n ne ni nos notre nous on ont ou où par
        parce parmi pas pendant peu peut peuvent plus pour pourquoi pourra pourraient pourrait pourront puis puisque
        qu quand que quel quelle quelles quels qui quoi s sa sans sauf se selon sera seront ses si sien soi soient
        soit sommes son sont sous sur ta te tel telle telles tels tes toi ton tous tout toute toutes très tu un une
        vers voici voilà vos votre vous y"""),
}
"""Words that carry the grammar of a sentence, as printed in lower case, by language."""

QUESTION_WORDS: frozenset[str] = _words("""
    what which who whom whose when where why how is are was were do does did can could should would
    que cual cuales quien quienes cuando donde como cuanto cuanta cuantos cuantas
    qual quais quem quando onde quanto quanta quantos quantas
    quel quelle quels quelles qui quand ou pourquoi comment combien est""")
"""Words that begin a question, without accents."""

NEIGHBOURS: dict[str, frozenset[str]] = {
    "it": _words("il lo gli di del dello della dei degli delle che è e per con non una sono nel nella alla più"),
    "ca": _words("el els la les i amb per als del dels que és una són aquest aquesta ser seva dret té tota"),
    "gl": _words("o os a as e do da dos das no na ó á unha polo pola é non ten toda persoa dereito ou"),
    "ro": _words("și în de la cu pe să nu este sunt care din pentru o un al ale sau dreptul orice"),
    "de": _words("der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch"),
    "nl": _words("de het een van en in op te dat die voor met zijn niet aan er is recht ieder heeft"),
}
"""Frequent words of languages that are not served, so that a text in one of them is not taken for one that is."""

# In each language the first pattern that fits is applied and the others are not, so that narrower endings stand
# before wider ones.
SINGULAR_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        # Plurals of other forms than ``-s``, which the stemmer leaves as they are.
        (r"^(wo|police|congress|fisher|spokes|)men$", r"\1man"),
        (r"^children$", "child"),
        (r"(analy|cri|hypothe|synthe|paraly)ses$", r"\1sis"),
    ),
    "es": (
        (r"(..[dt])ades$", r"\1ad"),
        (r"(.[aei]r)es$", r"\1"),
        (r"(..es)es$", r"\1"),
        (r"(.en)es$", r"\1"),
        (r"([aeiou])z$", r"\1c"),
        (r"((?:ult|prox|max|min|legit|anon|opt)imo|ismo)s$", r"\1"),
        # Not ``-amos``, ``-emos`` and ``-imos``, which are verbs; the nouns among them stand in the pattern before.
        (r"(..(?<![aei]m)[ao])s$", r"\1"),
    ),
    "pt": (
        (r"^(.)eis$", r"\1ei"),
        (r"(..)(?:il|eis|(?<=[^aeou])is)$", r"\1el"),
        (r"(..[aou])is$", r"\1l"),
        (r"(.[aeiou])ns$", r"\1m"),
        (r"(..)[ao]es$", r"\1ao"),
        (r"(.[aeo]r)es$", r"\1"),
        (r"(.[aeiou]z)es$", r"\1"),
        (r"((?:ult|prox|max|min|legit|anon|opt)imo|ismo)s$", r"\1"),
        (r"(..(?<![aei]m)[ao])s$", r"\1"),
    ),
    "fr": (
        (r"^travaux$", "travail"),
        # Adjectives in ``-eux`` and ``-ois`` have the same form in both numbers, so nouns in them are listed.
        (r"^(j|f|li|mili|enj)eux$", r"\1eu"),
        (r"^(l|r|empl|conv|env|tourn)ois$", r"\1oi"),
        # Here and in the next, not participles: ``admis``, ``pris``, ``acquis``, ``inclus``.
        (r"(..(?<![aeo])(?<!m)(?<!pr)(?<!qu)i)s$", r"\1"),
        (r"(..(?<![abfo])(?<!cl)u)s$", r"\1"),
        (r"(.[^aeiou]i[rt])s$", r"\1"),
    ),
}
"""Endings of plurals that the stemmers do not bring to the stem of the singular (``unidades`` and ``unidad``,
``tribunais`` and ``tribunal``): a pattern of the folded word, and its replacement. ``-z`` becomes ``-c`` (``juez``,
``jueces``), since not every ``-ces`` is the plural of a ``-z``, and Portuguese ``-il`` becomes ``-el``, since ``-eis``
is the plural of both. Verbs in ``-mos`` and French participles such as ``admis`` and ``inclus`` are left alone."""

# Behind the singular endings, by the same rule: the first pattern that fits.
RESTORED_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (
        (r"([csgx])ion$", r"\1ión"),
        (r"(log|graf|nom|crac|scop|patr|tor|ter)ia(s?)$", r"\1ía\2"),
        (r"(..(?<!pr)ec)io$", r"\1ió"),
        (r"((?:[mp]i|[sunr])t|crib|[hc]ib|ced|(?:[tfr]|usp|v)end|pond|perd|impid|(?:de|in)cid|divid|cud)io$", r"\1ió"),
        (
            r"((?:iri|xi|eli|ur|orri|ote|co|rin)g|(?:cur|qui|[fg]i|ub|uf)r|umpl|(?:vi|ir|mo|ol)v|reun|defin|[ou]mp)io$",
            r"\1ió",
        ),
        # The stemmer takes these for pasts and conditionals of other verbs: ``declara``, ``consiste``, ``financiera``.
        (r"^((?:des)?(?:decl|acl|prep|sep|comp|rep|amp|disp|acap)ar)an?$", r"\1o"),
        (r"(.sist|contrast|desgast)e$", r"\1"),
        (r"^(financ|ingen)iera$", r"\1iero"),
        (r"(..ecer)a(n?)$", r"\1á\2"),
    ),
    "pt": (
        (r"cao$", "ção"),
        (r"coes$", "ções"),
        (r"(.{2})ao(s?)$", r"\1ão\2"),
        (r"(.{2})oes$", r"\1ões"),
        (r"(.{2})enci(as?)$", r"\1ênci\2"),
        (r"(.{2})anci(as?)$", r"\1ânci\2"),
        (r"(.{2})avel$", r"\1ável"),
        (r"(.{2})ivel$", r"\1ível"),
        (r"(.{2})aveis$", r"\1áveis"),
        (r"(.{2})iveis$", r"\1íveis"),
        (r"(.{2})ari(os?)$", r"\1ári\2"),
        (r"(.{2})ori(os?)$", r"\1óri\2"),
    ),
    "fr": (
        (r"(..(?:al|il|iv|ic|os|ar|or|ur|un|an|in|en|id|er|om|ir|t|br|i|rv|et|eu))ite(s?)$", r"\1ité\2"),
        (r"(.{2})ee(s?)$", r"\1ée\2"),
        (r"(.{2})ier(es?)$", r"\1ièr\2"),
    ),
}
"""Endings that lose their accent when somebody types without accents: a pattern of the folded word, and the ending as
printed. They matter where the stemmer knows only the accented ending (``-ção``, ``-ité``). Spanish verbs are those that
letters before the ending tell from nouns: ``establecio`` is a past tense, ``medio`` is none of ``medir``."""

ORDINAL_ENDINGS: dict[str, frozenset[str]] = {
    "en": _words("st nd rd th"),
    "es": _words("er ro ra do da to ta mo ma vo va no na"),
    "pt": frozenset(),
    "fr": _words("er re ere e eme ieme nd nde"),
}
"""Endings of ordinals in figures, without accents, beside the signs º and ª: ``1st``, ``5to``, ``1er``."""

# Without accents: they are compared with folded words.
COMBINING_FORMS: frozenset[str] = _words(
    """anti auto bio ciber contra counter crypto cyber extra geo hyper infra inter intra macro mega meta micro mono
    multi nano neuro non para poly post proto pseudo quasi self semi socio sub super tele trans ultra video
    vice"""
)
"""First parts that are written apart, with a hyphen or joined: cyber crime, cyber-crime, cybercrime."""

ELIDED: frozenset[str] = _words("l d j m t s n c qu jusqu lorsqu puisqu quoiqu")
"""Words that lose their vowel to an apostrophe before a vowel: l'évidence, d'água."""
