# Français. A no-break space stands before a colon, a semicolon and a question mark.

-tapo-care = Tapo Care
-app-store = App Store
-google-play = Google Play
-tp-link-id = TP-Link ID
-care-cloud = cloud Care
-web-portal = portail web
-kasa = Kasa

part-bought = { $channel ->
    [app_store] dans l’{ -app-store }
    [play] sur { -google-play }
    [web] sur le { -web-portal }
    [code] avec un code d’activation
   *[other] par un autre moyen
 }
part-phase = { $phase ->
    [pending] en attente de paiement
    [active] actif
    [grace] délai de grâce : le renouvellement a échoué et sera retenté
    [retry] suspendu : le renouvellement a échoué
    [paused] en pause
    [expired] expiré
    [revoked] retiré
    [refunded] remboursé
    [superseded] remplacé par un autre forfait
   *[other] état inconnu de cette version
 }
part-answer = { $answer ->
    [granted] accordé
    [already_granted] déjà accordé
    [expired] la période payée est terminée
    [superseded] un autre achat l’a remplacé
    [revoked] la boutique l’a annulé
    [family_shared] partagé par un membre de la famille, ce qui ne donne rien ici
    [test_purchase] achat de test, ce qui ne donne rien ici
    [bound_to_other] il appartient à un autre { -tp-link-id }
    [not_genuine] non authentique : la boutique ne connaît pas cet achat
    [pending_canceled] le paiement a été refusé ou annulé
    [pending] le paiement est en attente
    [needs_confirmation] votre accord est nécessaire
    [unknown_product] un produit que le cloud ne connaît pas encore
   *[other] réponse inconnue de cette version
 }
part-each-period = { $period-unit ->
    [day] { $period-number ->
        [1] par jour
        [one] tous les { $period } jours
        [many] tous les { $period } jours
       *[other] tous les { $period } jours
     }
    [week] { $period-number ->
        [1] par semaine
        [one] toutes les { $period } semaines
        [many] toutes les { $period } semaines
       *[other] toutes les { $period } semaines
     }
    [year] { $period-number ->
        [1] par an
        [one] tous les { $period } ans
        [many] tous les { $period } ans
       *[other] tous les { $period } ans
     }
   *[month] { $period-number ->
        [1] par mois
        [one] tous les { $period } mois
        [many] tous les { $period } mois
       *[other] tous les { $period } mois
     }
 }
part-length = { $length-unit ->
    [week] { $length-number ->
        [one] { $length } semaine
        [many] { $length } de semaines
       *[other] { $length } semaines
     }
    [month] { $length } mois
    [year] { $length-number ->
        [one] { $length } an
        [many] { $length } d’ans
       *[other] { $length } ans
     }
   *[day] { $length-number ->
        [one] { $length } jour
        [many] { $length } de jours
       *[other] { $length } jours
     }
 }
part-days-left = { $days-number ->
    [one] { $days } jour restant
    [many] { $days } de jours restants
   *[other] { $days } jours restants
 }
part-one-in-app = Un seul forfait peut être souscrit dans l’application.
part-cancel-where = { $where ->
    [app_store] Résiliez-le dans l’{ -app-store }.
    [play] Résiliez-le sur { -google-play }.
    [web] Résiliez-le sur le { -web-portal }.
    [code] Résiliez-le là où il a été acheté.
   *[other] Résiliez-le là où il a été acheté.
 }

## Buying

slot-taken = Vous avez déjà un forfait dans l’application : { $plan }, acheté { part-bought } ({ part-phase }). { part-one-in-app }
slot-taken-elsewhere = Vous avez déjà un forfait dans l’application, acheté { part-bought }. { part-one-in-app }
slot-pending = L’achat de { $plan } est en cours : il attend une approbation ou un paiement. { part-one-in-app }
slot-being-bought = { $plan } est déjà en cours d’achat. { part-one-in-app }
slot-being-set-up = Le compte de la boutique de ce téléphone paie déjà un forfait pour ce compte ; il est en cours de mise en place.
owned-elsewhere = Le compte de la boutique de ce téléphone paie déjà un forfait pour un autre { -tp-link-id }. Rien n’est transféré de l’un à l’autre.
unbound-purchase = Le compte de la boutique de ce téléphone paie un forfait qui n’est rattaché à aucun { -tp-link-id }. Restaurez les achats pour le rattacher à celui-ci.
reserved-elsewhere = Un forfait est en cours d’achat pour ce compte sur un autre téléphone.
plan-not-on-sale = Ce forfait n’est pas en vente ici.
client-too-old = Cette version de l’application est trop ancienne pour acheter un forfait. Ce que vous avez déjà continue comme avant.
already-covered = Un forfait acheté ailleurs couvre déjà des caméras. Voulez-vous un autre forfait dans l’application ?
already-covered-by = { $plan }, acheté { part-bought }, couvre déjà : { $cameras }.
    .without-cameras = { $plan }, acheté { part-bought }, couvre déjà des caméras.
bind-purchase = Un achat sans { -tp-link-id } a été trouvé : { $product }. Faut-il le rattacher à ce compte ? Cela ne se fait qu’une fois et ne peut pas être annulé.
    .without-product = Un achat sans { -tp-link-id } a été trouvé. Faut-il le rattacher à ce compte ? Cela ne se fait qu’une fois et ne peut pas être annulé.
renews-until-cancelled = Se renouvelle automatiquement au prix de { $price } { part-each-period } jusqu’à résiliation. Résiliable à tout moment dans la boutique.
trial-then-renews = Essai gratuit pendant { part-length }, puis { $price } { part-each-period }, sauf résiliation avant le { $date }. Se renouvelle automatiquement ; résiliable à tout moment dans la boutique.
    .without-date = Essai gratuit pendant { part-length }, puis { $price } { part-each-period }, sauf résiliation avant la fin de l’essai. Se renouvelle automatiquement ; résiliable à tout moment dans la boutique.
store-trial-not-offered = La boutique ne propose pas d’essai gratuit à ce compte avec ce forfait.
sold-without-trial = La boutique l’a vendu au plein tarif, sans l’essai gratuit. Gérez-le dans la boutique si cela ne vous convient pas.
sold-with-trial = La boutique y a ajouté un essai gratuit : rien n’est débité avant la fin de l’essai.
portal-text = D’autres forfaits sont vendus sur le { -web-portal }.
portal-link = D’autres forfaits sont vendus sur le { -web-portal } : { $url }

## Changing, and a payment made twice

billed-elsewhere = { $plan } a été acheté { part-bought } et ne peut être modifié que là.
not-on-this-store-account = { $plan } a été acheté { part-bought }, mais pas avec le compte de la boutique de ce téléphone. Utilisez le téléphone avec lequel il a été acheté, ou gérez-le dans la boutique.
plan-not-changeable = { $plan } ne peut pas être modifié maintenant ({ part-phase }). Régularisez d’abord le paiement dans la boutique.
plan-is-current = Vous avez déjà { $plan }.
change-is-scheduled = Votre forfait deviendra { $plan } à la fin de la période payée. C’est déjà enregistré.
changes-on = Devient { $plan } le { $date }. Se renouvelle automatiquement.
change-waits-at-store = Le passage à { $plan } est prévu à la fin de la période payée, et { -google-play } n’accepte aucun autre changement d’ici là. Gérez-le dans { -google-play }.
no-change-waits = Aucun changement de forfait n’est prévu.
cameras-reduced = { $capacity-number ->
    [one] { $plan } couvre { $capacity } caméra ; seule la plus anciennement choisie reste couverte : { $cameras }. Vous pouvez en choisir une autre.
    [many] { $plan } couvre { $capacity } de caméras ; seules les plus anciennement choisies restent couvertes : { $cameras }. Vous pouvez en choisir d’autres.
   *[other] { $plan } couvre { $capacity } caméras ; seules les plus anciennement choisies restent couvertes : { $cameras }. Vous pouvez en choisir d’autres.
 }
    .without-cameras = { $capacity-number ->
        [one] { $plan } couvre { $capacity } caméra ; seule la plus anciennement choisie reste couverte. Vous pouvez en choisir une autre.
        [many] { $plan } couvre { $capacity } de caméras ; seules les plus anciennement choisies restent couvertes. Vous pouvez en choisir d’autres.
       *[other] { $plan } couvre { $capacity } caméras ; seules les plus anciennement choisies restent couvertes. Vous pouvez en choisir d’autres.
     }
price-change-needs-consent = { $plan } coûtera { $to } au lieu de { $from } à partir du { $date }. Acceptez-le dans la boutique, sinon le forfait se termine ce jour-là.
price-changes = { $plan } coûtera { $to } au lieu de { $from } à partir du { $date }. Vous pouvez résilier avant dans la boutique.
return-double-payment = Deux forfaits ont été payés. Faut-il mettre fin à l’un d’eux maintenant et le rembourser ?
double-payment-ends = { $plan }, acheté { part-bought }, prend fin et est remboursé.
double-payment-stays = { $plan }, acheté { part-bought }, est conservé.
not-paid-twice = Rien n’a été payé deux fois ; il n’y a donc rien à rembourser.

## Plans

renews-on = Se renouvelle automatiquement le { $date }.
ends-on = Se termine le { $date } et ne se renouvelle pas.
ended-on = Terminé le { $date }.
plan-phase = État : { part-phase }.
account-not-loaded = Le contenu de ce compte n’est pas encore connu : le { -care-cloud } n’a pas pu être interrogé.
not-signed-in = Personne n’est connecté.
sign-in-needed = Vous devez vous reconnecter.
then-paid = Essai gratuit jusqu’au { $date }, puis { $price } { part-each-period }, sauf résiliation avant cette date.
grace-until = Le renouvellement n’a pas été payé. Ce que le forfait couvre reste couvert jusqu’au { $date }, pendant que la boutique réessaie.
resumes-on = En pause. Reprend le { $date }.
covers-every-camera = Le forfait couvre toutes les caméras du compte ; il n’y en a donc aucune à choisir.
plan-is-over = Le forfait est terminé.
code-ends-by-itself = Il provient d’un code d’activation : il se termine de lui-même et ne peut être ni modifié ni résilié.
code-is-not-refunded = Il provient d’un code d’activation, qui n’est pas remboursé.
managed-where-unknown = Gérez-le là où il a été acheté.
renewal-is-off = Il ne se renouvelle plus : il se termine le { $date }.
    .without-date = Il ne se renouvelle plus.
trial-never-comes-back = Un essai gratuit résilié se termine définitivement et ne revient jamais.
legacy-cancels-all = La résiliation met fin immédiatement et définitivement à tous les anciens forfaits du compte. La part non utilisée est remboursée sur la carte enregistrée.
legacy-is-not-changed = Un ancien forfait ne peut être que résilié ou migré.
cancels-at-once = La résiliation y met fin immédiatement. Les enregistrements hors forfait gratuit sont conservés jusqu’au { $date }, puis effacés définitivement.
    .without-date = La résiliation y met fin immédiatement. Les enregistrements hors forfait gratuit sont effacés définitivement.
cancel-keeps-access = Résilié avant le { $date }, il couvre jusqu’à la fin de la période payée et ne se renouvelle pas.
    .without-date = Résilié, il couvre jusqu’à la fin de la période payée et ne se renouvelle pas.
changed-where-bought = Il se modifie là où il a été acheté.
not-changed-while = Il ne peut pas être modifié maintenant ({ part-phase }).

## Purchases under way

purchase-sheet-open = { $plan } : la fenêtre de paiement est ouverte.
    .without-plan = La fenêtre de paiement est ouverte.
purchase-checking = { $plan } : vérification auprès de la boutique et du cloud.
    .without-plan = Vérification auprès de la boutique et du cloud.
purchase-pending = { $plan } : en attente d’une approbation ou d’un paiement.
    .without-plan = Un achat attend une approbation ou un paiement.
purchase-confirming = { $plan } : payé, en cours de mise en place. Il s’affichera dès que le cloud l’aura confirmé.
    .without-plan = Un achat est payé et en cours de mise en place. Il s’affichera dès que le cloud l’aura confirmé.
purchase-waiting = { $plan } : le cloud a reçu l’achat et ne peut pas encore en dire plus. Il sera réinterrogé automatiquement.
    .without-plan = Le cloud a reçu un achat et ne peut pas encore en dire plus. Il sera réinterrogé automatiquement.
purchase-needs-confirmation = { $plan } : l’achat n’est rattaché à aucun { -tp-link-id }. Restaurez les achats pour le rattacher à celui-ci.
    .without-plan = Un achat n’est rattaché à aucun { -tp-link-id }. Restaurez les achats pour le rattacher à celui-ci.
purchase-refused-here = { $plan } : son reçu n’est pas reconnu sur ce téléphone. Le cloud demande à la boutique ce qu’il en est.
    .without-plan = Un reçu n’est pas reconnu sur ce téléphone. Le cloud demande à la boutique ce qu’il en est.
purchase-not-genuine = { $plan } : la boutique ne connaît pas cet achat. Il ne donne rien, et rien d’autre ne change.
    .without-plan = La boutique ne connaît pas cet achat. Il ne donne rien, et rien d’autre ne change.
purchase-of-another-account = Un achat d’un autre { -tp-link-id } est en attente sur ce téléphone.
unknown-purchase = Ce compte n’a pas commencé cet achat sur ce téléphone.
not-pending = Cet achat n’attend aucune approbation : il est en cours, ou il est terminé.
pending-at-store = La boutique détient le paiement que cet achat attend, et dira d’elle-même ce qu’il en advient.
clock-suspect = L’horloge de ce téléphone ne concorde pas avec celle du cloud. Ce que vous avez n’en dépend pas.

## Cameras

camera-firmware-too-old = Son micrologiciel est trop ancien. Mettez-le à jour vers la version { $version } ou une version ultérieure.
    .without-version = Son micrologiciel est trop ancien. Installez la dernière version.
camera-offline = Elle n’a pas accès à Internet. Connectez-la à Internet.
camera-model-not-supported = Le forfait ne prend pas en charge son modèle.
camera-blocked = Elle ne peut pas être ajoutée, pour une raison inconnue de cette version.
camera-cannot-be-added = { $reason ->
    [firmware_too_old] { $camera } ne peut pas être ajoutée : son micrologiciel est trop ancien. Installez d’abord la dernière version.
    [offline] { $camera } ne peut pas être ajoutée : elle n’a pas accès à Internet. Connectez-la d’abord à Internet.
    [model_not_supported] { $camera } ne peut pas être ajoutée : le forfait ne prend pas en charge son modèle.
   *[other] { $camera } ne peut pas être ajoutée, pour une raison inconnue de cette version.
 }
camera-covered = { $camera } est déjà couverte par un autre forfait.
over-capacity = { $capacity-number ->
    [one] Le forfait couvre { $capacity } caméra ; vous en avez choisi { $asked }.
    [many] Le forfait couvre { $capacity } de caméras ; vous en avez choisi { $asked }.
   *[other] Le forfait couvre { $capacity } caméras ; vous en avez choisi { $asked }.
 }
    .without-asked = { $capacity-number ->
        [one] Le forfait couvre { $capacity } caméra.
        [many] Le forfait couvre { $capacity } de caméras.
       *[other] Le forfait couvre { $capacity } caméras.
     }
unknown-camera = Ce compte n’a pas de caméra { $camera }.
    .without-camera = Ce compte n’a pas cette caméra.
empty-selection = Choisissez au moins une caméra pour un nouveau forfait.
no-access = Le forfait ne donne pas accès en ce moment ; ses caméras ne peuvent donc pas être choisies.
unknown-subscription = Ce compte n’a pas ce forfait.
cameras-changed-elsewhere = Les caméras de ce forfait viennent d’être modifiées ailleurs. Vérifiez et choisissez à nouveau.
dont-see-your-camera = Vous ne voyez pas votre caméra ? Installez son dernier micrologiciel, connectez-la à Internet et vérifiez qu’elle est associée à ce { -tp-link-id }.

## Why a camera is covered or not

camera-is-covered = { $camera } ({ $model }) est couverte.
camera-is-not-covered = { $camera } ({ $model }) n’est pas couverte.
camera-cover-unknown = Impossible de dire maintenant si { $camera } ({ $model }) est couverte.
camera-covered-twice = { $camera } ({ $model }) est couverte par deux forfaits ; l’un d’eux ne lui apporte rien.
covered-by-plan = { $plan } la couvre.
covered-by-account-plan = { $plan } couvre toutes les caméras du compte.
covered-by-code = { $plan }, obtenu avec un code d’activation, la couvre.
plan-ended = Elle fait partie de { $plan }, qui est terminé.
plan-without-access = Elle fait partie de { $plan }, qui ne couvre rien actuellement ({ part-phase }).
not-on-plan = Elle n’est pas parmi les caméras de { $plan }.
plan-not-understood = Elle fait partie de { $plan }, dont l’état est inconnu de cette version.
cover-without-time = L’heure n’est pas connue, la couverture non plus.
cover-too-old = La dernière réponse du cloud est trop ancienne. Connectez-vous à Internet pour voir ce qui est couvert.
no-plan-now = Aucun forfait ne couvre de caméras actuellement.
no-plan-to-choose-for = Il n’y a aucun forfait auquel l’ajouter.
on-plan-already = Elle fait déjà partie de { $plan }.
plan-is-full = { $capacity-number ->
    [one] { $plan } couvre { $capacity } caméra et n’a plus de place. Retirez d’abord celle qui s’y trouve.
    [many] { $plan } couvre { $capacity } de caméras et n’a plus de place. Retirez-en d’abord une.
   *[other] { $plan } couvre { $capacity } caméras et n’a plus de place. Retirez-en d’abord une.
 }
on-no-plan = Elle ne fait partie d’aucun forfait.
camera-can-be-added = Elle peut être ajoutée à un forfait.
said-last = Voici la dernière réponse du cloud ; la situation a pu changer depuis.

## Choosing the cameras of a plan

picker-choose = { $capacity-number ->
    [one] Choisissez jusqu’à { $capacity } caméra pour { $plan }.
    [many] Choisissez jusqu’à { $capacity } de caméras pour { $plan }.
   *[other] Choisissez jusqu’à { $capacity } caméras pour { $plan }.
 }
picker-not-all-added = { $cameras-number ->
    [one] { $cameras } caméra choisie lors de l’achat n’a pas encore pu être ajoutée.
    [many] { $cameras } de caméras choisies lors de l’achat n’ont pas encore pu être ajoutées.
   *[other] { $cameras } caméras choisies lors de l’achat n’ont pas encore pu être ajoutées.
 }
picker-changed-elsewhere = Les caméras de ce forfait ont été modifiées ailleurs. Voici votre choix réuni avec ces modifications.
picker-changed-and-left-out = { $cameras-number ->
    [one] Les caméras de ce forfait ont été modifiées ailleurs. { $cameras } caméra de votre choix n’a plus de place ou n’existe plus.
    [many] Les caméras de ce forfait ont été modifiées ailleurs. { $cameras } de caméras de votre choix n’ont plus de place ou n’existent plus.
   *[other] Les caméras de ce forfait ont été modifiées ailleurs. { $cameras } caméras de votre choix n’ont plus de place ou n’existent plus.
 }

## Free trials of a camera: never charged, and ending by themselves

trial-eligible = Un essai gratuit de { part-length } est possible. Il se termine de lui-même et vous ne serez pas débité.
    .without-length = Un essai gratuit est possible. Il se termine de lui-même et vous ne serez pas débité.
trial-covered = Un forfait la couvre : aucun essai gratuit n’est nécessaire.
trial-active = Essai gratuit : { part-days-left }, se termine le { $date }. Vous ne serez pas débité.
    .without-date = Essai gratuit : { part-days-left }. Vous ne serez pas débité.
trial-active-until = Essai gratuit : se termine le { $date }. Vous ne serez pas débité.
    .without-date = L’essai gratuit est en cours. Vous ne serez pas débité.
trial-ends-today = Essai gratuit : se termine aujourd’hui. Vous ne serez pas débité.
trial-over = L’essai gratuit est terminé.
trial-used = Elle a déjà eu son essai gratuit.
trial-not-offered = Aucun essai gratuit n’est proposé pour elle.
trial-unknown = On ne sait pas pour l’instant si un essai est proposé.
trial-paused = Essai gratuit en pause pendant qu’un forfait la couvre, { part-days-left }.
trial-paused-rest-unknown = Essai gratuit en pause pendant qu’un forfait la couvre.
trial-not-for-model = Aucun essai gratuit n’est proposé pour son modèle.
trial-not-in-region = Aucun essai gratuit n’est proposé dans cette région.
trial-offline = Connectez-vous à Internet pour voir si un essai est proposé.
trial-runs-already = Son essai gratuit est déjà en cours.
trial-not-running = Aucun essai gratuit n’est en cours pour elle.
confirm-trial-cancel = Résilier cet essai gratuit ?
trial-cancel-is-final = L’essai gratuit de { $camera } se termine immédiatement. Il est résilié définitivement et ne pourra pas être relancé.

## The account’s own trial: it turns into a paid period

account-trial-eligible = Un nouveau forfait commence par un essai gratuit de { part-length }, puis devient payant, sauf résiliation avant.
    .without-length = Un nouveau forfait commence par un essai gratuit, puis devient payant, sauf résiliation avant.
account-trial-active = L’essai gratuit du compte est en cours jusqu’au { $date }, puis le forfait devient payant, sauf résiliation avant.
    .without-date = L’essai gratuit du compte est en cours ; ensuite, le forfait devient payant, sauf résiliation avant.
account-trial-paused = L’essai gratuit du compte est en pause.
account-trial-used = Ce compte a déjà eu son essai gratuit.
account-trial-not-offered = Aucun essai gratuit n’est proposé avec un forfait.

## Free plans of a model: no trials

free-plan-active = { $hours-number ->
    [one] Enregistre dans le cloud avec son forfait gratuit : { $hours } heure d’historique.
    [many] Enregistre dans le cloud avec son forfait gratuit : { $hours } d’heures d’historique.
   *[other] Enregistre dans le cloud avec son forfait gratuit : { $hours } heures d’historique.
 }
    .without-hours = Enregistre dans le cloud avec son forfait gratuit.
free-plan-active-until = { $hours-number ->
    [one] Enregistre dans le cloud avec son forfait gratuit jusqu’au { $date } : { $hours } heure d’historique.
    [many] Enregistre dans le cloud avec son forfait gratuit jusqu’au { $date } : { $hours } d’heures d’historique.
   *[other] Enregistre dans le cloud avec son forfait gratuit jusqu’au { $date } : { $hours } heures d’historique.
 }
    .without-hours = Enregistre dans le cloud avec son forfait gratuit jusqu’au { $date }.
free-plan-ended = Son forfait gratuit est terminé.
free-plan-none = Son modèle n’a pas d’enregistrement gratuit dans le cloud. Une carte microSD permet d’enregistrer gratuitement en local.
free-plan-unknown = On ne sait pas si son modèle a un forfait gratuit.

## Erasing an account from the phone

erase-account = Tout ce qui concerne ce compte sera supprimé de ce téléphone. Voulez-vous continuer ?
erase-still-bills = { $plan } continue d’être facturé, la prochaine fois le { $date }. { part-cancel-where }
    .without-date = { $plan } continue d’être facturé. { part-cancel-where }
erase-plan-lost = { $plan } est payé jusqu’au { $date } ; si le compte est supprimé, il est perdu.
erase-unsettled = Un achat est payé et pas encore finalisé : { $plan }. Il le sera malgré tout.
    .without-plan = Un achat est payé et pas encore finalisé. Il le sera malgré tout.
erase-nothing-bills = Rien n’est facturé à ce compte.

## What could not be asked

cloud-unreachable = Le { -care-cloud } est injoignable.
cloud-not-understood = Ce qui a répondu n’est pas le { -care-cloud }, ou sa réponse a été modifiée en chemin. Rien n’en a été retenu.
cloud-refused = Le { -care-cloud } a refusé cette demande.
older-answer = Le cloud contredit ce qu’il vient de répondre. Réessayez.
store-unreachable = La boutique est injoignable.
time-unknown = L’heure n’est pas encore connue. Réessayez lorsque le cloud aura répondu.
insecure-url = L’adresse du cloud n’est pas sécurisée.
trust-unusable = La configuration de confiance est inutilisable : un certificat racine ou l’identifiant de l’application manque ou est illisible.

## Files

folder-in-use = { -tapo-care } est ouvert dans un autre processus. Fermez d’abord celui-ci.
folder-read-only = Le dossier de { -tapo-care } est en lecture seule. Rien n’a été modifié.
folder-from-newer-version = Le dossier de { -tapo-care } provient d’une version plus récente. Rien n’a été modifié.
journal-from-newer-version = Le journal des achats provient d’une version plus récente. Rien n’a été modifié.
folder-unusable = Le dossier de { -tapo-care } est inutilisable.
disk-full = Il n’y a plus d’espace de stockage sur cet appareil.
disk-gone = Les fichiers ne peuvent plus être écrits. Redémarrez l’application.
vault-unavailable = Le stockage sécurisé du téléphone est verrouillé.
closed = C’est déjà fermé.

## What should not happen

task-lost = Une erreur interne s’est produite : une tâche a été perdue. Vos achats ne le sont pas.
empty-304 = Une erreur interne s’est produite : une réponse sans question.
event-unwritable = Une erreur interne s’est produite : un événement n’a pas pu être enregistré.

## Words for states

phase = { part-phase }
cover = { $cover ->
    [covered] couverte
    [not_covered] non couverte
    [unknown] couverture inconnue
   *[other] couverture inconnue
 }
covered-by = { $by ->
    [plan] couverte par un forfait
    [code] couverte par un code
    [account_plan] couverte par le forfait du compte
    [trial] couverte par son essai
    [free_plan] couverte par son forfait gratuit
   *[other] couverte
 }
covered-twice-by = { $by ->
    [plan] couverte par un forfait, deux fois
    [code] couverte par un code, deux fois
    [account_plan] couverte par le forfait du compte, deux fois
    [trial] couverte par son essai, deux fois
    [free_plan] couverte par son forfait gratuit, deux fois
   *[other] couverte deux fois
 }
answer = { part-answer }
purchase-state = { $state ->
    [sheet_open] fenêtre de paiement ouverte
    [checking] vérification
    [pending] en attente
    [confirming] payé, en cours de mise en place
    [waiting] attente du cloud
    [needs_confirmation] accord nécessaire
    [refused_here] non reconnu ici
    [not_genuine] non authentique
   *[other] inconnu
 }
money-not-charged = Rien n’a été débité.
money-maybe-charged = Un débit a peut-être eu lieu ; la vérification est en cours et vous serez informé.
money-charged = Le montant a été débité.
action-sign-in = Reconnectez-vous.
action-manage-subscription = Gérez l’abonnement là où il a été acheté.
action-confirm = Lisez ceci et confirmez.
action-change-selection = Choisissez d’autres caméras, ou moins de caméras.
action-update-firmware = Installez le dernier micrologiciel de la caméra.
action-check-internet = Vérifiez la connexion à Internet.
action-wait = Patientez : cela se poursuit automatiquement.
action-update-app = Mettez à jour l’application.
action-fix-storage = Libérez de l’espace de stockage, puis réessayez.
action-contact-support = Contactez l’assistance.
retry-after = { $seconds-number ->
    [one] Réessayez dans { $seconds } seconde.
    [many] Réessayez dans { $seconds } de secondes.
   *[other] Réessayez dans { $seconds } secondes.
 }
retry-automatic = Une nouvelle tentative aura lieu automatiquement.
outcome-granted = Accordé : le forfait est à vous.
outcome-pending = En attente : une approbation ou un paiement est attendu ; la suite est automatique.
outcome-cancelled = Annulé : la fenêtre de paiement a été fermée.
outcome-failed = Échec : la boutique n’a pas pu traiter la demande ({ $code }).
    .without-code = Échec : la boutique n’a pas pu traiter la demande.
outcome-not-granted = Non accordé : { part-answer }.
    .without-answer = Non accordé.
outcome-not-approved = Non approuvé : personne n’a donné son accord à temps, ou vous avez cessé d’attendre. Un accord tardif vous donne quand même le forfait.
outcome-scheduled = Accepté : le forfait changera à la fin de la période payée. Rien n’est débité avant.
outcome-kept = Le changement prévu est annulé : le forfait se renouvelle tel quel.
returned-given-back = Le forfait est terminé et son remboursement est en cours.
returned-requested = La demande a été faite à Apple, qui décidera dans quelques jours. D’ici là, les deux forfaits restent en place.
returned-cancelled = Rien n’a été demandé : les deux forfaits restent en place.
manage-app-store = À gérer ou à résilier dans l’{ -app-store }.
manage-google-play = À gérer ou à résilier sur { -google-play }.
manage-portal = À gérer ou à résilier sur le { -web-portal }.
manage-kasa-portal = À gérer ou à résilier sur le { -web-portal } { -kasa }.
manage-nowhere = Il se termine de lui-même.
manage-unknown = À gérer là où il a été acheté.
clock-unknown = L’heure n’est pas connue, la couverture non plus : elle s’affichera dès que le cloud aura répondu.
