"""Words that exports use for languages, months and kinds of publication, and what each of them means here."""

from __future__ import annotations

LANGUAGES = {
    word: code
    for code, words in {
        "af": "afrikaans afr",
        "ar": "arabic ara",
        "bg": "bulgarian bul",
        "bs": "bosnian bos",
        "ca": "catalan cat",
        "cs": "czech cze ces",
        "da": "danish dan",
        "de": "german ger deu deutsch",
        "el": "greek gre ell",
        "en": "english eng",
        "es": "spanish spa español castellano",
        "et": "estonian est",
        "eu": "basque baq eus",
        "fa": "persian per fas farsi",
        "fi": "finnish fin",
        "fr": "french fre fra français",
        "gl": "galician glg",
        "he": "hebrew heb",
        "hi": "hindi hin",
        "hr": "croatian hrv scr",
        "hu": "hungarian hun magyar",
        "hy": "armenian arm hye",
        "id": "indonesian ind",
        "is": "icelandic ice isl",
        "it": "italian ita italiano",
        "ja": "japanese jpn",
        "ka": "georgian geo kat",
        "ko": "korean kor",
        "la": "latin lat",
        "lt": "lithuanian lit",
        "lv": "latvian lav",
        "mk": "macedonian mac mkd",
        "ms": "malay may msa",
        "nl": "dutch dut nld nederlands",
        "no": "norwegian nor",
        "pl": "polish pol polski",
        "pt": "portuguese por português",
        "ro": "romanian rum ron",
        "ru": "russian rus",
        "sk": "slovak slo slk",
        "sl": "slovenian slovene slv",
        "sq": "albanian alb sqi",
        "sr": "serbian srp scc",
        "sv": "swedish swe svenska",
        "th": "thai tha",
        "tr": "turkish tur",
        "uk": "ukrainian ukr",
        "ur": "urdu urd",
        "vi": "vietnamese vie",
        "zh": "chinese chi zho mandarin",
    }.items()
    for word in (code, *words.split())
}
"""Word, in lower case -> two letters (ISO 639-1); the three letters are those of ISO 639-2, both kinds."""

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan janvier januar enero",
            "february feb février februar febrero",
            "march mar mars märz marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juin juni junio",
            "july jul juillet juli julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct octobre oktober octubre",
            "november nov novembre noviembre",
            "december dec décembre dezember diciembre",
        ),
        start=1,
    )
    for word in words.split()
}

TYPES = {
    word: kind
    for kind, words in {
        "article-journal": "jour,ejour,j,article,journal article,journalarticle,review,review article,letter,note,"
        "editorial,editorial material,short survey,article-journal,article in press,erratum,correction,"
        "abstract report,meeting abstract,abst,mgzn article,research-article,journal,early access article,"
        "journals,scholarly journals,peer-reviewed article,inpr,mag,data paper",
        "paper-conference": "conf,cpaper,c,inproceedings,conference,conference paper,proceedings paper,"
        "conference proceedings,proceedings-article,conferencepaper,ieee conferences,conference review,"
        "paper-conference,conferences,proceedings,conference papers & proceedings,meeting paper,congress",
        "chapter": "chap,echap,incollection,inbook,book chapter,chapter,book-chapter,booksection,book section,"
        "reference-entry,ency,dict,encyclopedia article,book-section,book-part",
        "book": "book,ebook,b,edbook,edited book,monograph,mono,whole book,books,edited-book,reference-book,clswk,"
        "collection,book-set,book series,ser",
        "report": "rprt,report,techreport,technical report,govdoc,government document,reports,working paper,"
        "report-series,stand,standard,manual,whitepaper",
        "thesis": "thes,thesis,phdthesis,mastersthesis,dissertation,dissertations & theses,dissertation/thesis,"
        "dissertation thesis,academic dissertation",
        "article": "preprint,posted-content,unpb,unpublished,unpublished work,working papers,article-preprint",
        "article-magazine": "mgzn,magazine article,article-magazine,magazines,trade journals,magazinearticle",
        "article-newspaper": "news,newspaper article,article-newspaper,newspapers,news item,newspaperarticle,newspaper",
        "dataset": "data,dataset,aggr,data set,database",
        "webpage": "elec,web page,webpage,website,blog,icomm,online,electronic,post-weblog,online database,blogpost",
        "document": "gen,misc,generic,document,other,paratext,peer-review",
    }.items()
    for word in words.split(",")
}
"""What vendors call a kind of publication, in lower case -> its name in CSL (citationstyles.org)."""
