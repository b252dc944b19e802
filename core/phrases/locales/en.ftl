# English, the language the others are read against.

-tapo-care = Tapo Care
-app-store = App Store
-google-play = Google Play
-tp-link-id = TP-Link ID
-care-cloud = Care cloud
-web-portal = web portal
-kasa = Kasa

part-bought = { $channel ->
    [app_store] through the { -app-store }
    [play] through { -google-play }
    [web] on the { -web-portal }
    [code] with a redemption code
   *[other] in another way
 }
part-phase = { $phase ->
    [pending] waiting for the payment
    [active] active
    [grace] in grace: the renewal failed and is tried again
    [retry] on hold: the renewal failed
    [paused] paused
    [expired] expired
    [revoked] taken back
    [refunded] refunded
    [superseded] replaced by another plan
   *[other] in a state this version does not know
 }
part-answer = { $answer ->
    [granted] granted
    [already_granted] granted before
    [expired] the paid period is over
    [superseded] another purchase took its place
    [revoked] the store took it back
    [family_shared] shared by a family member, which gives nothing here
    [test_purchase] a test purchase, which gives nothing here
    [bound_to_other] it belongs to another { -tp-link-id }
    [not_genuine] not genuine: the store knows no such purchase
    [pending_canceled] the payment was declined or called off
    [pending] the payment is pending
    [needs_confirmation] it needs your yes
    [unknown_product] a product the cloud does not know yet
   *[other] an answer this version does not know
 }
part-each-period = { $period-unit ->
    [day] { $period-number ->
        [one] a day
       *[other] every { $period } days
     }
    [week] { $period-number ->
        [one] a week
       *[other] every { $period } weeks
     }
    [year] { $period-number ->
        [one] a year
       *[other] every { $period } years
     }
   *[month] { $period-number ->
        [one] a month
       *[other] every { $period } months
     }
 }
part-length = { $length-unit ->
    [week] { $length-number ->
        [one] { $length } week
       *[other] { $length } weeks
     }
    [month] { $length-number ->
        [one] { $length } month
       *[other] { $length } months
     }
    [year] { $length-number ->
        [one] { $length } year
       *[other] { $length } years
     }
   *[day] { $length-number ->
        [one] { $length } day
       *[other] { $length } days
     }
 }
part-days-left = { $days-number ->
    [one] { $days } day left
   *[other] { $days } days left
 }
part-one-in-app = Only one plan can be subscribed to in the app.
part-cancel-where = { $where ->
    [app_store] Cancel it in the { -app-store }.
    [play] Cancel it in { -google-play }.
    [web] Cancel it on the { -web-portal }.
    [code] Cancel it where it was bought.
   *[other] Cancel it where it was bought.
 }

## Buying

slot-taken = You already have a plan in the app: { $plan }, bought { part-bought } ({ part-phase }). { part-one-in-app }
slot-taken-elsewhere = You already have a plan in the app, bought { part-bought }. { part-one-in-app }
slot-pending = A purchase of { $plan } is pending: it waits for an approval or a payment. { part-one-in-app }
slot-being-bought = { $plan } is being bought already. { part-one-in-app }
slot-being-set-up = This phone’s store account already pays for a plan of this account, which is being set up.
owned-elsewhere = This phone’s store account already pays for a plan of another { -tp-link-id }. Nothing is moved from one to the other.
unbound-purchase = This phone’s store account pays for a plan that no { -tp-link-id } has claimed. Restore purchases to bind it to this one.
reserved-elsewhere = A plan is being bought for this account on another phone right now.
plan-not-on-sale = That plan is not on sale here.
client-too-old = This version of the app is too old to buy a plan. What you have goes on as before.
already-covered = A plan bought elsewhere covers cameras already. Do you want another plan in the app?
already-covered-by = { $plan }, bought { part-bought }, already covers: { $cameras }.
    .without-cameras = { $plan }, bought { part-bought }, covers cameras already.
bind-purchase = A purchase that names no { -tp-link-id } was found: { $product }. Shall it be bound to this account? That is done once and cannot be undone.
    .without-product = A purchase that names no { -tp-link-id } was found. Shall it be bound to this account? That is done once and cannot be undone.
renews-until-cancelled = It renews automatically at { $price } { part-each-period } until cancelled. Cancel at any time in the store.
trial-then-renews = Free trial for { part-length }, then { $price } { part-each-period } unless cancelled before { $date }. It renews automatically; cancel at any time in the store.
    .without-date = Free trial for { part-length }, then { $price } { part-each-period } unless cancelled before the trial ends. It renews automatically; cancel at any time in the store.
store-trial-not-offered = The store does not offer this store account a free trial with it.
sold-without-trial = The store sold it at the full price, without the free trial. Manage it in the store if you do not want it that way.
sold-with-trial = The store gave a free trial with it: nothing is charged before the trial ends.
portal-text = More plans are sold on the { -web-portal }.
portal-link = More plans are sold on the { -web-portal }: { $url }

## Changing, and a payment made twice

billed-elsewhere = { $plan } was bought { part-bought }, so it can only be changed there.
not-on-this-store-account = { $plan } was bought { part-bought }, and not with the store account on this phone. Use the phone it was bought with, or manage it in the store.
plan-not-changeable = { $plan } cannot be changed now ({ part-phase }). Put the payment right in the store first.
plan-is-current = You have { $plan } already.
change-is-scheduled = Your plan changes to { $plan } when the paid period is over. That is settled already.
changes-on = Changes to { $plan } on { $date }. Renews automatically.
change-waits-at-store = { $plan } is planned for the end of the paid period, and { -google-play } takes no other change before then. Manage it in { -google-play }.
no-change-waits = No change of plan is waiting.
cameras-reduced = { $capacity-number ->
    [one] { $plan } covers { $capacity } camera, so only the one selected longest is still covered: { $cameras }. You can choose another.
   *[other] { $plan } covers { $capacity } cameras, so only those selected longest are still covered: { $cameras }. You can choose others.
 }
    .without-cameras = { $capacity-number ->
        [one] { $plan } covers { $capacity } camera, so only the one selected longest is still covered. You can choose another.
       *[other] { $plan } covers { $capacity } cameras, so only those selected longest are still covered. You can choose others.
     }
price-change-needs-consent = { $plan } is to cost { $to } instead of { $from } from { $date } on. Agree in the store, or the plan ends on that day.
price-changes = { $plan } costs { $to } instead of { $from } from { $date } on. You can cancel in the store before.
return-double-payment = Two plans were paid. Shall one end now, and its money be given back?
double-payment-ends = { $plan }, bought { part-bought }, ends and is paid back.
double-payment-stays = { $plan }, bought { part-bought }, stays.
not-paid-twice = Nothing is paid twice, so there is nothing to give back.

## Plans

renews-on = Renews automatically on { $date }.
ends-on = Ends on { $date } and does not renew.
ended-on = Ended on { $date }.
plan-phase = Status: { part-phase }.
account-not-loaded = What this account has is not known yet: the { -care-cloud } could not be asked.
not-signed-in = Nobody is signed in.
sign-in-needed = You have to sign in again.
then-paid = Free trial until { $date }, then { $price } { part-each-period } unless cancelled before.
grace-until = The renewal was not paid. What the plan covers stays covered until { $date } while the store tries again.
resumes-on = Paused. It resumes on { $date }.
covers-every-camera = The plan covers every camera of the account, so there is none to choose.
plan-is-over = The plan is over.
code-ends-by-itself = It came with a redemption code: it ends by itself and is neither changed nor cancelled.
code-is-not-refunded = It came with a redemption code, which is not refunded.
managed-where-unknown = Manage it where it was bought.
renewal-is-off = It does not renew any more: it ends on { $date }.
    .without-date = It does not renew any more.
trial-never-comes-back = A free trial that is cancelled ends for good and never comes back.
legacy-cancels-all = Cancelling ends every legacy plan of the account, at once and for good. What is not used is refunded to the card on file.
legacy-is-not-changed = A legacy plan can only be cancelled or migrated.
cancels-at-once = Cancelling ends it at once. Recordings outside the free plan are kept until { $date }, then erased for good.
    .without-date = Cancelling ends it at once. Recordings outside the free plan are erased for good.
cancel-keeps-access = Cancelled before { $date }, it covers to the end of what is paid and does not renew.
    .without-date = Cancelled, it covers to the end of what is paid and does not renew.
changed-where-bought = It is changed where it was bought.
not-changed-while = It cannot be changed now ({ part-phase }).

## Purchases under way

purchase-sheet-open = { $plan }: the payment sheet is open.
    .without-plan = The payment sheet is open.
purchase-checking = { $plan }: the store and the cloud are being asked.
    .without-plan = The store and the cloud are being asked.
purchase-pending = { $plan }: it waits for an approval or a payment.
    .without-plan = A purchase waits for an approval or a payment.
purchase-confirming = { $plan }: paid, being set up. It shows as soon as the cloud confirms it.
    .without-plan = A purchase is paid and being set up. It shows as soon as the cloud confirms it.
purchase-waiting = { $plan }: the cloud has it and cannot say more yet. It is asked again by itself.
    .without-plan = The cloud has a purchase and cannot say more yet. It is asked again by itself.
purchase-needs-confirmation = { $plan }: the purchase names no { -tp-link-id }. Restore purchases to bind it to this one.
    .without-plan = A purchase names no { -tp-link-id }. Restore purchases to bind it to this one.
purchase-refused-here = { $plan }: its receipt is not believed on this phone. The cloud asks the store what is true.
    .without-plan = A receipt is not believed on this phone. The cloud asks the store what is true.
purchase-not-genuine = { $plan }: the store knows no such purchase. It gives nothing, and nothing else changes.
    .without-plan = The store knows no such purchase. It gives nothing, and nothing else changes.
purchase-of-another-account = A purchase of another { -tp-link-id } is waiting on this phone.
unknown-purchase = This account began no such purchase on this phone.
not-pending = That purchase waits for no approval: it is being bought, or it has ended.
pending-at-store = The store holds the payment this purchase waits for, and says by itself how it ends.
clock-suspect = This phone’s clock does not agree with the cloud’s. What you have does not depend on it.

## Cameras

camera-firmware-too-old = Its firmware is too old. Update it to { $version } or later.
    .without-version = Its firmware is too old. Update it to the latest firmware.
camera-offline = It has no internet access. Connect it to the internet.
camera-model-not-supported = The plan does not support its model.
camera-blocked = It cannot be added, for a reason this version does not know.
camera-cannot-be-added = { $reason ->
    [firmware_too_old] { $camera } cannot be added: its firmware is too old. Update it to the latest firmware first.
    [offline] { $camera } cannot be added: it has no internet access. Connect it to the internet first.
    [model_not_supported] { $camera } cannot be added: the plan does not support its model.
   *[other] { $camera } cannot be added, for a reason this version does not know.
 }
camera-covered = { $camera } is covered by another plan already.
over-capacity = { $capacity-number ->
    [one] The plan covers { $capacity } camera; you chose { $asked }.
   *[other] The plan covers { $capacity } cameras; you chose { $asked }.
 }
    .without-asked = { $capacity-number ->
        [one] The plan covers { $capacity } camera.
       *[other] The plan covers { $capacity } cameras.
     }
unknown-camera = This account has no camera { $camera }.
    .without-camera = This account has no such camera.
empty-selection = Choose at least one camera for a new plan.
no-access = The plan gives no access now, so its cameras cannot be chosen.
unknown-subscription = This account has no such plan.
cameras-changed-elsewhere = The cameras of this plan were changed elsewhere just now. Look again and choose once more.
dont-see-your-camera = Don’t see your camera? Update it to the latest firmware, connect it to the internet, and check that it is bound to this { -tp-link-id }.

## Why a camera is covered or not

camera-is-covered = { $camera } ({ $model }) is covered.
camera-is-not-covered = { $camera } ({ $model }) is not covered.
camera-cover-unknown = Whether { $camera } ({ $model }) is covered cannot be said now.
camera-covered-twice = { $camera } ({ $model }) is covered by two plans; one of them does nothing for it.
covered-by-plan = { $plan } covers it.
covered-by-account-plan = { $plan } covers every camera of the account.
covered-by-code = { $plan }, from a redemption code, covers it.
plan-ended = It is on { $plan }, which has ended.
plan-without-access = It is on { $plan }, which covers nothing now ({ part-phase }).
not-on-plan = It is not among the cameras of { $plan }.
plan-not-understood = It is on { $plan }, whose state this version does not know.
cover-without-time = The time is not known, so cover cannot be told.
cover-too-old = The cloud was last asked too long ago. Connect to the internet to see what is covered.
no-plan-now = There is no plan that covers cameras now.
no-plan-to-choose-for = There is no plan to put it on.
on-plan-already = It is on { $plan } already.
plan-is-full = { $capacity-number ->
    [one] { $plan } covers { $capacity } camera, and it has one already. Take that one off first.
   *[other] { $plan } covers { $capacity } cameras, and it has as many already. Take one off first.
 }
on-no-plan = It is on no plan.
camera-can-be-added = It can be added to a plan.
said-last = This is what the cloud said last; it may have changed since.

## Choosing the cameras of a plan

picker-choose = { $capacity-number ->
    [one] Choose up to { $capacity } camera for { $plan }.
   *[other] Choose up to { $capacity } cameras for { $plan }.
 }
picker-not-all-added = { $cameras-number ->
    [one] { $cameras } camera chosen at the purchase could not be added yet.
   *[other] { $cameras } cameras chosen at the purchase could not be added yet.
 }
picker-changed-elsewhere = The cameras of this plan were changed elsewhere. Here is your choice together with that one.
picker-changed-and-left-out = { $cameras-number ->
    [one] The cameras of this plan were changed elsewhere. { $cameras } camera of your choice did not fit or is no longer there.
   *[other] The cameras of this plan were changed elsewhere. { $cameras } cameras of your choice did not fit or are no longer there.
 }

## Free trials of a camera: never charged, and ending by themselves

trial-eligible = A free trial of { part-length } can be started. It ends by itself and you will not be charged.
    .without-length = A free trial can be started. It ends by itself and you will not be charged.
trial-covered = A plan covers it, so no free trial is needed.
trial-active = Free trial: { part-days-left }, ends on { $date }. You will not be charged.
    .without-date = Free trial: { part-days-left }. You will not be charged.
trial-active-until = Free trial: ends on { $date }. You will not be charged.
    .without-date = The free trial is running. You will not be charged.
trial-ends-today = Free trial: ends today. You will not be charged.
trial-over = The free trial is over.
trial-used = It has had its free trial.
trial-not-offered = No free trial is offered for it.
trial-unknown = Whether a trial is offered is not known now.
trial-paused = Free trial paused while a plan covers it, { part-days-left }.
trial-paused-rest-unknown = Free trial paused while a plan covers it.
trial-not-for-model = No free trial is offered for its model.
trial-not-in-region = No free trial is offered in this region.
trial-offline = Connect to the internet to see whether a trial is offered.
trial-runs-already = Its free trial is running already.
trial-not-running = No free trial is running for it.
confirm-trial-cancel = Cancel this free trial?
trial-cancel-is-final = The free trial of { $camera } ends at once. It is cancelled for good and cannot be started again.

## The account’s own trial: it turns into a paid period

account-trial-eligible = A new plan begins with a free trial of { part-length }, then it is paid unless cancelled before.
    .without-length = A new plan begins with a free trial, then it is paid unless cancelled before.
account-trial-active = The account’s free trial runs until { $date }, then the plan is paid unless cancelled before.
    .without-date = The account’s free trial is running. After it the plan is paid unless cancelled before.
account-trial-paused = The account’s free trial is paused.
account-trial-used = This account has had its free trial.
account-trial-not-offered = No free trial is offered with a plan.

## Free plans of a model: no trials

free-plan-active = { $hours-number ->
    [one] Records to the cloud by its free plan: the last { $hours } hour.
   *[other] Records to the cloud by its free plan: the last { $hours } hours.
 }
    .without-hours = Records to the cloud by its free plan.
free-plan-active-until = { $hours-number ->
    [one] Records to the cloud by its free plan until { $date }: the last { $hours } hour.
   *[other] Records to the cloud by its free plan until { $date }: the last { $hours } hours.
 }
    .without-hours = Records to the cloud by its free plan until { $date }.
free-plan-ended = Its free plan has ended.
free-plan-none = Its model has no free cloud recording. A microSD card in it records locally for free.
free-plan-unknown = Whether its model has a free plan is not known.

## Erasing an account from the phone

erase-account = Everything of this account is removed from this phone. Do you want that?
erase-still-bills = { $plan } goes on billing, next on { $date }. { part-cancel-where }
    .without-date = { $plan } goes on billing. { part-cancel-where }
erase-plan-lost = { $plan } is paid until { $date }; whoever deletes the account loses it.
erase-unsettled = A purchase is paid and not settled yet: { $plan }. It is settled all the same.
    .without-plan = A purchase is paid and not settled yet. It is settled all the same.
erase-nothing-bills = Nothing bills this account.

## What could not be asked

cloud-unreachable = The { -care-cloud } cannot be reached.
cloud-not-understood = What answered is not the { -care-cloud }, or its answer was changed on the way. Nothing of it was believed.
cloud-refused = The { -care-cloud } refused this.
older-answer = The cloud contradicts what it said a moment ago. Try again.
store-unreachable = The store cannot be reached.
time-unknown = The time is not known yet. Try again once the cloud has answered.
insecure-url = The cloud’s address is not a secure one.
trust-unusable = The trust given cannot be used: a root certificate or the app’s identifier is missing or unreadable.

## Files

folder-in-use = { -tapo-care } is running in another process. End that one first.
folder-read-only = The folder of { -tapo-care } is read-only. Nothing was touched.
folder-from-newer-version = The folder of { -tapo-care } comes from a newer version. Nothing was touched.
journal-from-newer-version = The purchase journal comes from a newer version. Nothing was touched.
folder-unusable = The folder of { -tapo-care } cannot be used.
disk-full = There is no storage left on this device.
disk-gone = Files can no longer be written. Start again.
vault-unavailable = The phone’s secure storage is locked.
closed = It is closed already.

## What should not happen

task-lost = Something went wrong inside: a task was lost. What was bought is not.
empty-304 = Something went wrong inside: an answer without a question.
event-unwritable = Something went wrong inside: an event could not be written down.

## Words for states

phase = { part-phase }
cover = { $cover ->
    [covered] covered
    [not_covered] not covered
    [unknown] not known
   *[other] not known
 }
covered-by = { $by ->
    [plan] covered by a plan
    [code] covered by a code
    [account_plan] covered by the account’s plan
    [trial] covered by its trial
    [free_plan] covered by its free plan
   *[other] covered
 }
covered-twice-by = { $by ->
    [plan] covered by a plan, twice
    [code] covered by a code, twice
    [account_plan] covered by the account’s plan, twice
    [trial] covered by its trial, twice
    [free_plan] covered by its free plan, twice
   *[other] covered twice
 }
answer = { part-answer }
purchase-state = { $state ->
    [sheet_open] at the payment sheet
    [checking] being checked
    [pending] pending
    [confirming] paid, being set up
    [waiting] waiting
    [needs_confirmation] needs your yes
    [refused_here] not believed here
    [not_genuine] not genuine
   *[other] not known
 }
money-not-charged = Nothing was charged.
money-maybe-charged = It may have been charged; that is being found out, and you will be told.
money-charged = It was charged.
action-sign-in = Sign in again.
action-manage-subscription = Manage the subscription where it was bought.
action-confirm = Read this and confirm.
action-change-selection = Choose other cameras, or fewer.
action-update-firmware = Update the camera to the latest firmware.
action-check-internet = Check the internet connection.
action-wait = Wait: it goes on by itself.
action-update-app = Update the app.
action-fix-storage = Free some storage, then try again.
action-contact-support = Contact support.
retry-after = { $seconds-number ->
    [one] Try again in { $seconds } second.
   *[other] Try again in { $seconds } seconds.
 }
retry-automatic = It is tried again by itself.
outcome-granted = Granted: the plan is yours.
outcome-pending = Pending: it waits for an approval or a payment, and goes on by itself.
outcome-cancelled = Cancelled: the payment sheet was closed.
outcome-failed = Failed: the store could not do it ({ $code }).
    .without-code = Failed: the store could not do it.
outcome-not-granted = Not granted: { part-answer }.
    .without-answer = Not granted.
outcome-not-approved = Not approved: nobody said yes in time, or you stopped waiting. A late yes still gives you the plan.
outcome-scheduled = Accepted: the plan changes when the paid period is over. Nothing is charged before.
outcome-kept = The planned change is taken back: the plan renews as it is.
returned-given-back = The plan has ended, and its money is on its way back.
returned-requested = Apple was asked and decides within a few days. Until then both plans stand.
returned-cancelled = Nothing was asked for: both plans stand.
manage-app-store = Manage or cancel it in the { -app-store }.
manage-google-play = Manage or cancel it in { -google-play }.
manage-portal = Manage or cancel it on the { -web-portal }.
manage-kasa-portal = Manage or cancel it on the { -kasa } { -web-portal }.
manage-nowhere = It ends by itself.
manage-unknown = Manage it where it was bought.
clock-unknown = The time is not known, so cover cannot be told: it shows once the cloud answers.
