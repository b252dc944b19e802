unbound-purchase = Le compte de la boutique de ce téléphone paie un forfait qui n’est rattaché à aucun { -tp-link-id }. `care restore` le rattache à celui-ci, après votre accord.
purchase-needs-confirmation = { $plan } : l’achat n’est rattaché à aucun { -tp-link-id }. `care restore` le rattache à celui-ci.
    .without-plan = Un achat n’est rattaché à aucun { -tp-link-id }. `care restore` le rattache à celui-ci.
plan-not-on-sale = Ce forfait n’est pas en vente ici. `care plans` montre ceux qui le sont.
not-signed-in = Personne n’est connecté. `care sign-in NAME` connecte.
action-sign-in = Reconnectez-vous : `care sign-in NAME`.
action-change-selection = Choisissez d’autres caméras, ou moins de caméras : `care cameras` les montre.
folder-in-use = Le dossier d’état est utilisé par un autre `care`. Fermez celui-ci, ou indiquez un autre dossier avec --state.

status-of = { -tapo-care } de { $who }
nobody = personne
fresh = à jour, d’après le cloud, le { $moment }
    .without-moment = à jour, d’après le cloud
stale = pas à jour : le cloud n’a pas pu être interrogé ; dernier état connu le { $moment }
    .without-moment = pas à jour : le cloud n’a pas pu être interrogé
not-loaded = rien n’est encore chargé : le cloud n’a pas pu être interrogé
no-plan = Aucun forfait.
no-camera = Ce compte n’a pas de caméra.
paid-twice = Il est payé deux fois : `care purchases --return` rembourse l’un des deux.
add-plan-off = + Ajouter un forfait n’est pas possible : { $reason }
add-plan-on = + Ajouter un forfait : `care plans` montre ce qui est en vente.
choose-up-to = { $capacity-number ->
    [one] Choisissez jusqu’à { $capacity } caméra avec `care cameras set NAME,…` :
    [many] Choisissez jusqu’à { $capacity } de caméras avec `care cameras set NAME,…` :
   *[other] Choisissez jusqu’à { $capacity } caméras avec `care cameras set NAME,…` :
 }
plan-covers = { $plan } couvre { $cameras }.
    .without-cameras = { $plan } ne couvre aucune caméra.
plans-on-sale = Forfaits en vente dans la boutique { $storefront }
links = Conditions : { $terms } · Confidentialité : { $privacy }
buy-one = Pour en acheter un : { $command }.

head-plan = Forfait
head-title = Titre
head-stands = État
head-cameras = Caméras
head-which = Lesquelles
head-next = Ensuite
head-id = Id
head-camera = Caméra
head-model = Modèle
head-now = Maintenant
head-care = Couverture
head-cannot-be-added = Ne peut pas être ajoutée
head-free-trial = Essai gratuit
head-start-with = À démarrer avec
head-for-this-plan = Pour ce forfait
head-purchase = Achat
head-means = Signification
head-refused-by = Refusé ici par
head-covers = Couvre
head-price = Prix
head-comes-to = Soit

cameras-of = { $selected } sur { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } caméra
    [many] { $capacity } de caméras
   *[other] { $capacity } caméras
 }
price-each = { $price } { part-each-period }
comes-to = { $price } par mois
next-renews = se renouvelle le { $date }
next-ends = se termine le { $date }
next-unknown = inconnu
camera-is-online = en ligne
camera-is-offline = hors ligne
on-the-plan = dans le forfait
can-be-added = peut être ajoutée
cannot-be-added = ne peut pas être ajoutée maintenant
cannot-be-added-because = ne peut pas être ajoutée : { $reason }
a-purchase = un achat
trial-word = { $state ->
    [can_start] peut être démarré
    [kept] conservé
    [today] se termine aujourd’hui
    [active] en cours
    [paused] en pause
    [used] déjà utilisé
    [not_offered] non proposé
   *[other] inconnu
 }
trial-left = { part-days-left }

explain-covered = { $camera } est couverte par { $plan } : { $terms }
    .without-terms = { $camera } est couverte par { $plan }.
explain-covered-somehow = { $camera } est couverte.
explain-unknown = Impossible de dire maintenant si { $camera } est couverte : l’heure ou la dernière réponse du cloud n’est pas connue.
explain-not-covering = { $camera } fait partie de { $plan }, qui ne la couvre pas actuellement : { part-phase }.
explain-no-plan = { $camera } ne fait partie d’aucun forfait.
explain-last-word = Le cloud n’a pas pu être interrogé ; voici sa dernière réponse.
explain-cannot-be-added = Elle ne peut pas être ajoutée à un forfait : { $reason }
explain-can-be-added = Elle peut être ajoutée à un forfait.
