r"""Values of BibTeX: LaTeX to text, names, lists.

Source: O. Patashnik, 'BibTeXing' (1988), and the LaTeX commands that reference managers write for letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from constellary.exchange.bibliography import names as plain_names
from constellary.literature.record import Name

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""Command -> the mark that it puts on the letter behind it."""

_SIGNS = (
    "ss=ß SS=ẞ ae=æ AE=Æ oe=œ OE=Œ o=ø O=Ø l=ł L=Ł aa=å AA=Å i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ DJ=Đ ng=ŋ NG=Ŋ "
    "textendash=– textemdash=— textquoteleft=‘ textquoteright=’ textquotedblleft=“ textquotedblright=” "
    "guillemotleft=« guillemotright=» quotesinglbase=‚ quotedblbase=„ textquotesingle=' textquotedbl=\" "
    "textbackslash=\\ textasciitilde=~ textasciicircum=^ textbraceleft={ textbraceright=} textunderscore=_ "
    "lbrace={ rbrace=} textbar=| textless=< textgreater=> textdollar=$ textdegree=° degree=° textmu=µ texteuro=€ "
    "euro=€ pounds=£ textsterling=£ textyen=¥ copyright=© textcopyright=© textregistered=® texttrademark=™ "
    "ldots=… dots=… textellipsis=… S=§ P=¶ textsection=§ dag=† ddag=‡ textbullet=• textperiodcentered=· "
    "textexclamdown=¡ textquestiondown=¿ pm=± textpm=± times=× texttimes=× div=÷ cdot=· leq=≤ le=≤ geq=≥ ge=≥ "
    "neq=≠ ne=≠ approx=≈ sim=∼ equiv=≡ infty=∞ rightarrow=→ to=→ leftarrow=← leftrightarrow=↔ Rightarrow=⇒ "
    "in=∈ subset=⊂ cup=∪ cap=∩ sum=∑ prod=∏ int=∫ partial=∂ nabla=∇ sqrt=√ propto=∝ circ=° prime=′ ast=* star=⋆ "
    "alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν "
    "xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ "
    "Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω"
)
_FORMS = (
    "emph textit textbf textsc textrm textsf texttt textsl textup textmd textnormal text mathrm mathit mathbf mathcal "
    "mathbb mathsf mathtt mbox hbox ensuremath textsuperscript textsubscript underline uppercase lowercase em it bf sc "
    "rm sf tt sl itshape bfseries scshape upshape small url path nolinkurl enquote mkbibquote mkbibemph relax protect "
    "noopsort left right displaystyle limits hspace vspace footnotesize large quad"
)
SIGNS = dict(pair.split("=", 1) for pair in _SIGNS.split(" "))
"""Command -> the sign that it prints."""
FORMS = frozenset(_FORMS.split())
"""Commands that give a form to what they enclose, which stays."""

_COMMAND = re.compile(
    r"""\\(?:
        (?P<sign>[&%$\#_{}])
      | (?P<accent>[`'^~=."]|[uvHtcdbkr](?![A-Za-z]))\s*
        (?:\{\s*(?P<braced>\\?[^\W\d_]?)\s*\}|(?P<bare>\\[ij](?![A-Za-z])[ \t]*|[^\W\d_]))
      | (?P<word>[A-Za-z]+)(?:\s*\{\}|[ \t]+|(?=[^A-Za-z]|$))
      | (?P<other>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_MATHS = re.compile(r"(?<!\\)\$")
_KEPT = {"{": "\ue000", "}": "\ue001", "$": "\ue002", "~": "\ue003", "\\": "\ue004"}
_BACK = {ord(mark): sign for sign, mark in _KEPT.items()}
_MARKS = re.compile("[\ue000-\ue004]")
_AND = re.compile(" and ", re.IGNORECASE)
_LATEX = re.compile(r"[\\{}$~`']|--")
"""What is not printed in a text as it stands."""
_UNESCAPED = re.compile(r"\\([&%$#_{}~^\\])")


def text_of(source: str) -> str:
    r"""Return LaTeX as text: accents and signs as letters, forms and braces left out, unknown commands as they stand.

    Examples
    --------
    >>> text_of(r"{\"U}ber {NATO} \& M{\"o}bius-{\'{\i}}ndices: 5\,\% of \emph{R\&D}")
    'Über NATO & Möbius-índices: 5 % of R&D'
    """
    if source[:1] == "{" and source.find("}") == len(source) - 1:
        source = source[1:-1]
    # One sign is looked for before two: it is found, or not, in a tenth of the time.
    commands = "\\" in source
    if commands and "\\\\" not in source:
        source = source.replace("\\&", "&")  # by far the most frequent command
        commands = "\\" in source
    if commands:
        source = _COMMAND.sub(_sign, source)
    if "$" in source and len(_MATHS.findall(source)) % 2 == 0:
        source = source.replace("$", "")
    if "-" in source and "--" in source:
        source = source.replace("---", "—").replace("--", "–")
    if "`" in source:
        source = source.replace("``", "“")
    if "'" in source:
        source = source.replace("''", "”")
    if "{" in source or "}" in source:
        source = source.replace("{", "").replace("}", "")
    if "~" in source:
        source = source.replace("~", "\u00a0")
    return source.translate(_BACK) if commands and _MARKS.search(source) else source


def verbatim_of(source: str) -> str:
    r"""Return a DOI, address or file as it stands, without braces around it and escapes in it.

    Examples
    --------
    >>> verbatim_of(r"{10.1007/978-3-540\_1}")
    '10.1007/978-3-540_1'
    """
    if "\\" in source:
        source = _UNESCAPED.sub(r"\1", source)
    return source.strip("{} \t\r\n")


def _sign(match: re.Match[str]) -> str:
    sign, accent, braced, bare, word, other = match.groups()
    if sign:
        return _KEPT.get(sign, sign)
    if accent:
        letter = (bare or braced or "").strip("\\ \t")
        return unicodedata.normalize("NFC", letter + ACCENTS[accent]) if letter else ""
    if word:
        if word in SIGNS:
            found = SIGNS[word]
            return _KEPT.get(found, found)
        return "" if word in FORMS else match[0].replace("\\", _KEPT["\\"])
    return {",": " ", " ": " ", "\n": " ", "\\": " ", ";": " ", ":": " "}.get(
        other, "" if other in "/-!()[]@" else other
    )


def divided(source: str) -> list[str]:
    """Return the names of a field, which `and` divides where it is not in braces.

    Examples
    --------
    >>> divided("Vallejo, Bertha and {Barnes and Noble} and others")
    ['Vallejo, Bertha', '{Barnes and Noble}']
    """
    source = " ".join(source.split())
    parts = _AND.split(source)
    if "{" in source:
        whole: list[str] = []
        depth = 0
        for part in parts:
            if depth > 0:
                whole[-1] += f" and {part}"
            else:
                whole.append(part)
            depth += part.count("{") - part.count("}")
        parts = whole
    return [part for part in parts if part and part.lower() != "others"]


def people(source: str) -> tuple[Name, ...]:
    r"""Return the names of a field in the order of BibTeX; what stands wholly in braces is one name.

    Examples
    --------
    >>> print(*people(r"Ludwig van Beethoven and {Barnes and Noble} and King, Jr., M. L."), sep=" / ")
    van Beethoven, Ludwig / Barnes and Noble / King, M. L., Jr.
    """
    return tuple([name for part in divided(source) if (name := _person(part)) is not None])


@lru_cache(maxsize=65536)
def _person(source: str) -> Name | None:
    source = source.strip()
    family, comma, given = source.partition(", ")
    if comma and family and source.count(",") == 1 and not _LATEX.search(source):
        return Name(family.rstrip(), given)  # as most are
    if source.startswith("{") and _closes(source) == len(source) - 1:
        whole = " ".join(text_of(source).split())
        return Name(whole) if whole else None
    family, *rest = (" ".join(text_of(part).split()) for part in _parts(source, ","))
    if not rest:
        return _spoken([" ".join(text_of(word).split()) for word in _parts(" ".join(source.split()), " ")])
    if len(rest) > 1 and family:
        given = f"{', '.join(rest[1:])}, {rest[0]}" if rest[1] else rest[0]
        return Name(family, given)
    return Name(family, rest[0]) if family else plain_names.name(rest[0])


def _spoken(words: list[str]) -> Name | None:
    """Return a name whose given name stands first; the family name begins with the first word in small letters."""
    small = next((place for place, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
    family, given = " ".join(words[small:]).strip(), " ".join(words[:small]).strip()
    return Name(family, given) if given and family else plain_names.given_first(family or given)


def _parts(source: str, divider: str) -> list[str]:
    """Return the parts of a name, which are divided where the divider is not in braces."""
    parts = source.split(divider)
    if "{" not in source:
        return parts
    whole: list[str] = []
    depth = 0
    for part in parts:
        if depth > 0:
            whole[-1] += f"{divider}{part}"
        else:
            whole.append(part)
        depth += part.count("{") - part.count("}")
    return whole


def _closes(source: str) -> int:
    depth = 0
    for place, sign in enumerate(source):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return place
    return -1
