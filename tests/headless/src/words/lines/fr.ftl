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

status-of = { -tapo-care } : { $who }
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

busy-asking = Interrogation du cloud et de la boutique
busy-plans = Recherche des forfaits en vente
busy-restore = Recherche d’achats
busy-sheet = Fenêtre de paiement ouverte
busy-telling = Envoi au cloud
nothing-was-done = Rien n’a été fait.
say-yes-with = Donnez votre accord avec --yes, ou lancez la commande dans un terminal pour qu’il vous soit demandé.
signed-in-as = Connecté en tant que { $who }.
signed-out = Déconnecté. Ce qui a été acheté reste lié au compte.
erased = Supprimé de ce téléphone, et déconnecté. Ce qui est encore facturé continue jusqu’à résiliation.
not-signed-in-there = Personne n’est encore connecté à ce cloud. `care --cloud URL --trust FILE sign-in NAME` connecte.
unknown-name = Aucun { -tp-link-id } ne porte ici le nom { $name }. Un nouveau monde a anna, ben et cara.
sign-in-unreachable = Le service de connexion est injoignable ({ $why }). Vous restez connecté comme avant.
no-purchase = Aucun achat pour l’instant.
nothing-to-restore = Le compte de la boutique de ce téléphone n’a aucun achat à restaurer.
restored = { $found-number ->
    [one] { $found } achat trouvé ; accordés : { $granted }, en attente : { $waiting }.
    [many] { $found } d’achats trouvés ; accordés : { $granted }, en attente : { $waiting }.
   *[other] { $found } achats trouvés ; accordés : { $granted }, en attente : { $waiting }.
 }
news-of = Des nouvelles de { $plan } :
earlier-news = Auparavant, { $plan } : { $outcome }
left-out = { $camera } n’a pas été ajoutée : { $reason }
    .without-reason = { $camera } n’a pas été ajoutée.
next-choose = Ensuite : choisissez les caméras qu’il couvre.
not-finished = Pas encore terminé.
nothing-is-lost = Rien n’est perdu : le prochain `care status` poursuit.
no-camera-of-that-name = Ce compte n’a pas de caméra { $camera }. Il a : { $cameras }.
    .without-cameras = Ce compte n’a pas de caméra { $camera }, ni aucune autre.
no-plan-for-cameras = Il n’y a aucun forfait auquel ajouter des caméras. `care plans` montre ce qui est en vente, `care subscribe PLAN` en achète un.
no-such-plan = Aucun forfait n’a l’identifiant { $id }. Il y a : { $plans }.
    .without-plans = Aucun forfait n’a l’identifiant { $id }. Il n’y a pas encore de forfait.
which-plan = Plusieurs forfaits sont possibles : indiquez-en un avec --for. Il y a : { $plans }.
    .without-plans = Plusieurs forfaits sont possibles : indiquez-en un avec --for.

head-plan = Forfait
head-title = Titre
head-stands = État
head-cameras = Caméras
head-which = Lesquelles
head-next = Ensuite
head-id = Identifiant
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
head-receipt = Reçu
head-product = Produit
head-ledger = Environnement
head-verified = Vérifié ici
head-paid-until = Payé jusqu’au
head-cloud-says = Réponse du cloud
head-at-store = Auprès de la boutique
head-comes-to = Soit

cameras-of = { $selected } sur { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } caméra
    [many] { $capacity } de caméras
   *[other] { $capacity } caméras
 }
price-each = { $price } { part-each-period }
comes-to = { $price } par mois
plan-says = { $plan } : { $terms } { $manage }
field-says = { $name } : { $value }
camera-says = { $camera } : { $said }
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
verified = oui
not-verified = non : { $check }
    .without-check = non
nothing-said-yet = rien pour l’instant
finished = finalisé
not-finished-at-store = pas encore finalisé
trial-word = { $state ->
    [can_start] peut être démarré
    [kept] conservé
    [today] se termine aujourd’hui
    [active] en cours
    [paused] en pause
    [used] déjà utilisé
    [covered] pas nécessaire
    [not_offered] non proposé
    [offline] hors ligne
   *[other] inconnu
 }
trial-left = { part-days-left }
trial-paused-left = en pause, { part-days-left }
trial-cancel-with = { $command }, définitivement
trial-hidden = { $camera } : son essai gratuit ne sera plus mentionné.
