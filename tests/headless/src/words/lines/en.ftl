# What only `care` says, and its own words for some of the core's messages: they name its commands.

unbound-purchase = This phone’s store account pays for a plan that no { -tp-link-id } has claimed. `care restore` binds it to this one, after you say yes.
purchase-needs-confirmation = { $plan }: it names no { -tp-link-id }. `care restore` binds it to this one.
    .without-plan = A purchase names no { -tp-link-id }. `care restore` binds it to this one.
plan-not-on-sale = That plan is not on sale here. `care plans` lists those that are.
unknown-purchase = This account began no such purchase on this phone. `care --json purchases` lists those that wait.
not-pending = That purchase waits for no approval: it is being bought, or it has ended. `care purchases` shows it.
not-signed-in = Nobody is signed in. `care sign-in NAME` signs in.
action-sign-in = Sign in again: `care sign-in NAME`.
action-change-selection = Choose other cameras, or fewer: `care cameras` lists them.
folder-in-use = The state folder is in use by another `care`. End that one, or name another folder with --state.

status-of = { -tapo-care } of { $who }
nobody = nobody
fresh = fresh from the cloud, as of { $moment }
    .without-moment = fresh from the cloud
stale = stale: what the cloud said last, as of { $moment }
    .without-moment = stale: what the cloud said last
not-loaded = nothing loaded yet: the cloud could not be asked
no-plan = No plan.
no-camera = This account has no camera.
paid-twice = It is paid twice: `care purchases --return` gives one back.
add-plan-off = + Add Plan is off: { $reason }
add-plan-on = + Add Plan: `care plans` shows what is on sale.
choose-with = Choose with `care cameras set NAME,…`:
plan-covers = { $plan } covers { $cameras }.
    .without-cameras = { $plan } covers no camera.
plans-on-sale = Plans on sale in the storefront { $storefront }
links = Terms: { $terms } · Privacy: { $privacy }
buy-one = Buy one with { $command }.

busy-asking = Asking the cloud and the store
busy-plans = Asking what is on sale
busy-restore = Looking for purchases
busy-sheet = At the payment sheet
busy-telling = Telling the cloud
nothing-was-done = Nothing was done.
say-yes-with = Say yes with --yes, or run this on a terminal to be asked.
signed-in-as = Signed in as { $who }.
signed-out = Signed out. What was bought stays with the account.
erased = Erased from this phone, and signed out. What still bills goes on until it is cancelled.
not-signed-in-there = Nobody is signed in at this cloud yet. `care --cloud URL --trust FILE sign-in NAME` signs in.
unknown-name = No { -tp-link-id } is called { $name } here. A new world has anna, ben and cara.
sign-in-unreachable = The sign-in service cannot be reached ({ $why }). You are signed in as before.
no-purchase = No purchase yet.
nothing-to-restore = This phone’s store account has no purchase to restore.
restored = { $found-number ->
    [one] Found { $found } purchase: { $granted } granted, { $waiting } waiting.
   *[other] Found { $found } purchases: { $granted } granted, { $waiting } waiting.
 }
news-of = News of { $plan }:
earlier-news = Earlier, { $plan }: { $outcome }
left-out = { $camera } was left out: { $reason }
    .without-reason = { $camera } was left out.
next-choose = Next: choose the cameras that it covers.
not-finished = Not finished yet.
nothing-is-lost = Nothing is lost: the next `care status` carries on.
no-camera-of-that-name = This account has no camera { $camera }. It has: { $cameras }.
    .without-cameras = This account has no camera { $camera }, and no other.
no-plan-for-cameras = There is no plan to put cameras on. `care plans` shows what is on sale, `care subscribe PLAN` buys one.
no-such-plan = No plan has the id { $id }. There are: { $plans }.
    .without-plans = No plan has the id { $id }. There is no plan yet.
which-plan = Several plans could be meant: name one with --for. There are: { $plans }.
    .without-plans = Several plans could be meant: name one with --for.

head-plan = Plan
head-title = Title
head-stands = Status
head-cameras = Cameras
head-which = Which
head-next = Next
head-id = ID
head-camera = Camera
head-model = Model
head-now = Now
head-care = Care
head-cannot-be-added = Cannot be added because
head-free-trial = Free trial
head-start-or-cancel-with = Start or cancel it with
head-for-this-plan = For this plan
head-purchase = Purchase
head-means = What that means
head-refused-by = Refused here by
head-covers = Covers
head-price = Price
head-receipt = Receipt
head-product = Product
head-ledger = Ledger
head-verified = Verified here
head-paid-until = Paid until
head-cloud-says = The cloud says
head-at-store = At the store
head-comes-to = Comes to

cameras-of = { $selected } of { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } camera
   *[other] { $capacity } cameras
 }
price-each = { $price } { part-each-period }
comes-to = { $price } a month
plan-says = { $plan }: { $terms } { $manage }
field-says = { $name }: { $value }
camera-says = { $camera }: { $said }
next-renews = renews on { $date }
next-ends = ends on { $date }
next-unknown = not known
camera-is-online = online
camera-is-offline = offline
on-the-plan = on the plan
taken-off = on the plan, taken off
chosen = chosen
can-be-added = can be added
cannot-be-added-because = cannot be added: { $reason }
a-purchase = a purchase
verified = yes
not-verified = no: { $check }
    .without-check = no
nothing-said-yet = nothing yet
finished = finished
not-finished-at-store = open
trial-word = { $state ->
    [can_start] can be started
    [kept] kept
    [today] ends today
    [active] running
    [paused] paused
    [used] used
    [covered] not needed
    [not_offered] not offered
    [offline] offline
   *[other] not known
 }
trial-left = { part-days-left }
trial-paused-left = paused, { part-days-left }
trial-cancel-with = { $command }, for good
trial-hidden = { $camera }: nothing is said about its free trial any more.
