unbound-purchase = Le compte de la boutique de ce téléphone paie un forfait qui n’est rattaché à aucun { -tp-link-id }. `care restore` le rattache à celui-ci, après votre accord.
purchase-needs-confirmation = { $plan } : l’achat n’est rattaché à aucun { -tp-link-id }. `care restore` le rattache à celui-ci.
    .without-plan = Un achat n’est rattaché à aucun { -tp-link-id }. `care restore` le rattache à celui-ci.
plan-not-on-sale = Ce forfait n’est pas en vente ici. `care plans` montre ceux qui le sont.
unknown-purchase = Ce compte n’a pas commencé cet achat sur ce téléphone. `care --json purchases` montre ceux qui attendent.
not-pending = Cet achat n’attend aucune approbation : il est en cours, ou il est terminé. `care purchases` le montre.
not-signed-in = Personne n’est connecté. `care sign-in NAME` connecte.
action-sign-in = Reconnectez-vous : `care sign-in NAME`.
action-change-selection = Choisissez d’autres caméras, ou moins de caméras : `care cameras` les montre.
folder-in-use = Le dossier d’état est utilisé par un autre `care`. Fermez celui-ci, ou indiquez un autre dossier avec --state.

status-of = { -tapo-care } de { $who }
nobody = personne
fresh = à jour, d’après le cloud, le { $moment }
    .without-moment = à jour, d’après le cloud
stale = pas à jour : dernière réponse du cloud, le { $moment }
    .without-moment = pas à jour : dernière réponse du cloud
not-loaded = rien n’est encore chargé : le cloud n’a pas pu être interrogé
no-plan = Aucun forfait.
no-camera = Ce compte n’a pas de caméra.
paid-twice = Il est payé deux fois : `care purchases --return` rembourse l’un des deux.
add-plan-off = + Ajouter un forfait n’est pas possible : { $reason }
add-plan-on = + Ajouter un forfait : `care plans` montre ce qui est en vente.
choose-with = Choisissez avec `care cameras set NAME,…` :
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
head-start-or-cancel-with = À démarrer ou à résilier avec
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
taken-off = dans le forfait, retirée
chosen = choisie
can-be-added = peut être ajoutée
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
    [offline] hors ligne
   *[other] inconnu
 }
trial-left = { part-days-left }
trial-paused-left = en pause, { part-days-left }
trial-cancel-with = { $command }, définitivement
trial-hidden = { $camera } : son essai gratuit ne sera plus mentionné.
