"""Do the forms of a word meet, and do other words stay apart?"""

from __future__ import annotations

import pytest

from index.french.stemming import stem

TOGETHER = """
journal journaux | bateau bateaux | bijou bijoux | jeu jeux | oeil yeux | travail travaux
cheveu cheveux | genou genoux | ciel cieux | oeuf oeufs | loi lois | delai delais | emploi emplois
nouveau nouvel nouvelle nouveaux nouvelles | beau bel belle beaux belles | vieux vieille
francais francaise francaises | chinois chinoise | anglais anglaises | mauvais mauvaise
heureux heureuse heureuses | chanteur chanteuse chanteurs | utilisateur utilisatrice
directeur directrice directeurs | acteur actrices | ambassadeur ambassadrice | majeur majeure
national nationale nationaux | legal legaux legale legalement | etudiant etudiante etudiants
citoyen citoyenne citoyennes | personnel personnelle | actif active actives activer
premier premiere premiers | leger legere | etranger etrangere | blanc blanche | long longue
public publique publics | tout tous toute toutes | petit petite petites | humain humaine
abonne abonnee abonnes abonnees abonner abonnement | vendre vend vendu vendaient vendra
chiffrer chiffre chiffrait chiffrement chiffrements chiffrera chiffrant
publier publient publieront publie publiees publia | manger mangeons mangeait mangent
commencer commencait commencent | considerer considerait considere considereront
generer genere generait | creer cree creees creait | penser pensais pensons pensez
employer emploie employait | appeler appelle appel | jeter jette | payer paie paiement
finir finit finissait finissons finira finirez | etablir etablissement etablissait
prendre prend prennent prendra prendraient | permettre permet permettait | devenir devient devenu
"""

APART = """
mauve mauvais | police poli policier | france francais franc | port porte | ete etat
generer general | camera camer | chat chatiment | universite univers | malle male | cour cours
base bas | cas case | fils fil | fois foi | moi mois | bra bras | annee anne | donnees donner
commune communication | facture facteur | presse pression | ministre ministere | post poste
comme comment | forme format | president presider | argent arguer | lion lier | data dater
visa viser | maison mais | danger dangereux | parti part | court courir | pendant pendre
document documenter | organe organisation | mode modem | plan plane | sens sen | vers ver
"""


def groups(table: str) -> list[list[str]]:
    return [group.split() for group in table.replace("\n", "|").split("|") if group.strip()]


@pytest.mark.parametrize("words", groups(TOGETHER), ids=" ".join)
def test_forms_of_one_word_meet(words: list[str]) -> None:
    assert {word: stem(word) for word in words} == dict.fromkeys(words, stem(words[0]))


@pytest.mark.parametrize("words", groups(APART), ids=" ".join)
def test_other_words_stay_apart(words: list[str]) -> None:
    assert len({stem(word) for word in words}) == len(words)


@pytest.mark.parametrize("word", ["c++", "ipv6", "n°", "3.14", "", "a", "été", "москва"])
def test_what_is_no_folded_word_is_left_alone(word: str) -> None:
    assert stem(word) == word
