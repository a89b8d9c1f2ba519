"""Do the forms of a word meet, and do other words stay apart?"""

from __future__ import annotations

import pytest

from index.french.stemming import stem

TOGETHER = """
ami amis amie amies | laic laics laique laiques | absent absente | patient patiente patientes
ail ails aulx | jumeau jumeaux jumelle jumelles | chameau chamelle | tourangeau tourangelle
maire mairesse mairesses | poete poetesse | pape papesse | suisse suissesse
partie parties | admission admissions | commission commissions | compromission compromissions
demission demissions | emission emissions | mission missions | permission permissions
remission remissions | soumission soumissions | transmission transmissions | reussite reussites
gravite gravites | regime regimes | guerite guerites | nourrisson nourrissons
bucheron bucherons | forgeron forgerons | herisson herissons | chausson chaussons
toison toisons | abri abris | inverse inverses | soutien soutiens | repute reputes
finir finissions | etablir etablissions | punir punissions
journal journaux | bateau bateaux | bijou bijoux | jeu jeux | oeil yeux | travail travaux
cheveu cheveux | genou genoux | ciel cieux | oeuf oeufs | loi lois | delai delais | emploi emplois
nouveau nouvel nouvelle nouveaux nouvelles | beau bel belle beaux belles | vieux vieille
francais francaise francaises | chinois chinoise | anglais anglaises | mauvais mauvaise
heureux heureuse heureuses | chanteur chanteuse chanteurs | utilisateur utilisatrice
directeur directrice directeurs | acteur actrices | ambassadeur ambassadrice | majeur majeure
national nationale nationaux | legal legaux legale | etudiant etudiante etudiants
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
maintenant maintenir | voila voile | git gisement | gisait gisement | allions allier
document documenter | organe organisation | mode modem | plan plane | sens sen | vers ver
"""


# Irregular verbs: what a question in the infinitive, or in any of their tenses, must find.
CONJUGATED = """
tenir tiens tenu tenus tint tiendra tienne tinrent | prendre pris prit prirent prenne prendra
mettre mis mit mirent mette mettra | recevoir recu recue recoit recoive recevra recut
voir vois voit vu vus verra voyait voyant | lire lu lus lisent lut lira lise
dire dit dits dites dis dise | partir partit partent partira parte
sortir sorti sortit sortait sortira | sentir sent senti sentait sentira
servir sert servi servait servira | craindre craint craignait craignent
peindre peint peignent peignait peindra | joindre joignent joignit joindra
battre bat battu battait battent | rompre rompt rompu rompit rompait
conclure conclu conclut concluait conclura | exclure exclut exclu exclue
inclure inclus inclut incluant incluse | naitre nait naquit naquirent nee naissait naissent
mourir meurt meurent mourut mourait mourra | plaire plait plaisait plaisent plaira
suffire suffit suffisait | dormir dort dormait dormi dorment | mentir ment menti mentait mentent
acquerir acquis acquise acquises acquiert | conquerir conquis conquise conquiert
cueillir cueille cueilli cueillait | accueillir accueilli accueille | boire boit buvait bu boivent
fuir fuit fuyait fui fuyez | croitre croissait croissent | valoir vaut valait vaudra vaille valent
souffrir souffre souffert souffrait souffrira | ouvrir ouvre ouvert
offrir offre offert offrait offrira | couvrir couvert couvrait couvre
courir couru courait courra | savoir sait su sache saura savait
pouvoir peut pu puisse pourra pouvait | vouloir veut voulu veuille voudrait
devoir doit doive devait devra dusse | falloir fallait fallu faudra fallut
faire fait faite fasse fera faisait | aller va vais vont aille iront allait
gesir gisent gisait | aller allions alliez
envoyer enverra enverront envoie | elire elu elus elue elit elisait
ecrire ecrit ecrite ecrivait ecrira | produire produit produisait produira
cuire cuit cuite cuisait | coudre cousu cousait | moudre moulu | resoudre resolu resout resolvait
vaincre vaincu vainquit | convaincre convaincu convainc | suivre suit suivi suivait suivra
vivre vit vecu vivait vivra | rire rit riait rira | sourire sourit souriait
taire tait taisait taira | vetir vetu vetait | emouvoir emeut emu emue | promouvoir promu promeut
apercevoir apercu apercoit | decevoir decu decoit | assaillir assaille assailli
asseoir assis assoit assied | pourvoir pourvu pourvoit | prevoir prevu prevoit
agir agit agissait agi | definir definit definissait | unir uni unit unissait unies
hair hai hait haissait | payer payions payons paie | jeter jeta jetions jettera
parler parlions parliez parla parlassent | aigu aigue aigus aigues | garderie garderies
ambigu ambigue | loyal loyale loyaux | an ans | celui celle ceux
"""

# Pairs that look alike, or share a root, and that no reader takes for one word.
UNLIKE = """
pris prix | vu vue | parti partir | parti part | partie partir | general generalement
rapide rapidement | mis mise | pris prise | surpris surprise | remis remise | repris reprise
entrepris entreprise | sorti sortie | tenu tenue | retenu retenue | craint crainte
contraint contrainte | atteint atteinte | plaint plainte | mort mourir | sens sentir | sens sent
cours courir | court courir | cour cours | secours secourir | recours recourir
parcours parcourir | concours concourir | discours discourir | nuit nuire | bruit bruire
fond fondre | fonds fondre | bout bouillir | bois boire | but boire | lit lire | vis voir
vis vivre | voie voir | vin venir | vins venir | pointe poindre | point poindre | joint joindre
teint teindre | permis permettre | commis commettre | compromis compromettre | contenu contenir
revenu revenir | detenu detenir | content contenir | combat combattre | debat debattre
trait traire | extrait extraire | retrait retraire | attrait attraire | parfait parfaire
forfait forfaire | defaite defaire | suivant suivre | pendant pendre | devant devoir
vivant vivre | courant courir | puissant pouvoir | vaux valoir | faux falloir | vive vivre
faille falloir | fils fil | ete etre | etat ete | aura avoir | as avoir | avions avoir
plus plaire | lui luire | tu taire | oui ouir | ne naitre | souris sourire | ris rire
mepris meprendre | remords remordre | croix croire | croissant croitre | cru croire | crue croire
due devoir | git gesir | value valoir | servante servir | sorte sortir | debout bouillir
issue issir | retraite retraire | entrevue entrevoir | revue revoir | avenue avenir | paire pair
commune commun | commune communiquer | fine fin | fier fierte | data dater | visa viser
camera camer | opera operer | media medier | java javer | chut choir | rebut rebuter | ira irak
option opter | action acter | portion porter | passion passer | mission mettre | version verser
vision voir | pension penser | edition editer | station stater | section secte
nation nationalite | prion prier | lion lier | avion avoir | violon violer | ballon baller
salon saler | talon taler | bouton bouter | coton coter | rayon rayer | poisson poisser
saison saisir | maison mais | raison rai | prison priser | president presider | accident accider
incident incider | couvent couver | content conter | argent arguer | talent taler | evident evider
different differer | violent violer | excellent exceller | parent parer | restaurant restaurer
instant inster | enfant enfanter | constat constant | format forme | contrat contrer
mandat mander | resultat resulter | attentat attenter | soldat solder | climat clim
diplomate diplome | liasse lier | terrasse terrer | filasse filer | potasse poter | tomate tomer
cravate crever | police policier | port porte | port portable | poste post | cote cotiser
marchand marche | ministre ministere | secretaire secret | notaire note | facteur facture
moteur motif | auteur autel | universite univers | societe social | verite vert | liberte libre
election elire | decision decider | seulement seul | egalement egal | justement juste
vraiment vrai | simplement simple | exactement exact | notamment noter | actuellement actuel
finalement final | certainement certain | clairement clair | legalement legal | doucement doux
lentement lent | librement libre | pleinement plein | surement sur | chatiment chat
batiment bateau | monument monter | aliment aller | ciment cimetiere | regiment regime
hier hiver | mer mere | fer faire | ver vers | foi fois | moi mois | bas base | cas case
calais cale | damas dame | helas heler | paris parier | nice nicher | nantes nanti | lille lilas
"""


def groups(table: str) -> list[list[str]]:
    return [group.split() for group in table.replace("\n", "|").split("|") if group.strip()]


@pytest.mark.parametrize("words", groups(TOGETHER), ids=" ".join)
def test_forms_of_one_word_meet(words: list[str]) -> None:
    assert {word: stem(word) for word in words} == dict.fromkeys(words, stem(words[0]))


@pytest.mark.parametrize("words", groups(CONJUGATED), ids=" ".join)
def test_the_forms_of_an_irregular_verb_meet(words: list[str]) -> None:
    assert {word: stem(word) for word in words} == dict.fromkeys(words, stem(words[0]))


@pytest.mark.parametrize("words", groups(UNLIKE), ids=" ".join)
def test_words_that_look_alike_stay_apart(words: list[str]) -> None:
    assert len({stem(word) for word in words}) == 2


def test_the_table_of_words_to_keep_apart_is_large() -> None:
    assert len(groups(UNLIKE)) >= 150


@pytest.mark.parametrize("words", groups(APART), ids=" ".join)
def test_other_words_stay_apart(words: list[str]) -> None:
    assert len({stem(word) for word in words}) == len(words)


@pytest.mark.parametrize("word", ["c++", "ipv6", "n°", "3.14", "", "a", "été", "москва"])
def test_what_is_no_folded_word_is_left_alone(word: str) -> None:
    assert stem(word) == word
