unbound-purchase = حساب المتجر على هذا الهاتف يدفع مقابل خطة غير مرتبطة بأي { -tp-link-id }. يربطها { "\u2068" }`care restore`{ "\u2069" } بالحساب الحالي بعد موافقتك.
purchase-needs-confirmation = { $plan }: عملية الشراء غير مرتبطة بأي { -tp-link-id }. يربطها { "\u2068" }`care restore`{ "\u2069" } بالحساب الحالي.
    .without-plan = توجد عملية شراء غير مرتبطة بأي { -tp-link-id }. يربطها { "\u2068" }`care restore`{ "\u2069" } بالحساب الحالي.
plan-not-on-sale = هذه الخطة غير معروضة للبيع هنا. يعرض { "\u2068" }`care plans`{ "\u2069" } الخطط المتاحة.
unknown-purchase = لم يبدأ هذا الحساب عملية شراء كهذه على هذا الهاتف. يعرض { "\u2068" }`care --json purchases`{ "\u2069" } العمليات المنتظرة.
not-pending = عملية الشراء هذه لا تنتظر أي موافقة: إنها جارية، أو انتهت. يعرضها { "\u2068" }`care purchases`{ "\u2069" }.
not-signed-in = لم يسجّل أحد الدخول. لتسجيل الدخول: { "\u2068" }`care sign-in NAME`{ "\u2069" }.
action-sign-in = سجّل الدخول مرة أخرى: { "\u2068" }`care sign-in NAME`{ "\u2069" }.
action-change-selection = اختر كاميرات أخرى، أو عددًا أقل: يعرضها { "\u2068" }`care cameras`{ "\u2069" }.
folder-in-use = مجلد الحالة قيد الاستخدام في عملية { "\u2068" }`care`{ "\u2069" } أخرى. أنهِها، أو حدّد مجلدًا آخر باستخدام { "\u2068" }--state{ "\u2069" }.

status-of = خدمة { -tapo-care } لحساب { $who }
nobody = لا أحد
fresh = حديث من السحابة، حتى { $moment }
    .without-moment = حديث من السحابة
stale = غير محدَّث: آخر رد من السحابة، حتى { $moment }
    .without-moment = غير محدَّث: آخر رد من السحابة
not-loaded = لم يُحمَّل شيء بعد: تعذّر سؤال السحابة
no-plan = لا توجد خطة.
no-camera = ليس في هذا الحساب أي كاميرا.
paid-twice = دُفع ثمنها مرتين: يرد { "\u2068" }`care purchases --return`{ "\u2069" } مبلغ إحداهما.
add-plan-off = + لا يمكن إضافة خطة: { $reason }
add-plan-on = + إضافة خطة: يعرض { "\u2068" }`care plans`{ "\u2069" } ما هو معروض للبيع.
choose-with = اختر باستخدام { "\u2068" }`care cameras set NAME,…`{ "\u2069" }:
plan-covers = { $plan } تغطي: { $cameras }.
    .without-cameras = { $plan } لا تغطي أي كاميرا.
plans-on-sale = الخطط المعروضة للبيع في متجر { $storefront }
links = الشروط: { $terms } · الخصوصية: { $privacy }
buy-one = للشراء: { $command }.

busy-asking = جارٍ سؤال السحابة والمتجر
busy-plans = جارٍ البحث عن الخطط المعروضة للبيع
busy-restore = جارٍ البحث عن المشتريات
busy-sheet = نافذة الدفع مفتوحة
busy-telling = جارٍ الإرسال إلى السحابة
nothing-was-done = لم يُنفَّذ شيء.
say-yes-with = وافق باستخدام { "\u2068" }--yes{ "\u2069" }، أو شغّل الأمر في طرفية ليُطرح عليك السؤال.
signed-in-as = تم تسجيل الدخول: { $who }.
signed-out = تم تسجيل الخروج. ما اشتُري يبقى مع الحساب.
erased = أُزيل من هذا الهاتف وتم تسجيل الخروج. ما زال يُحصَّل يستمر حتى يُلغى.
not-signed-in-there = لم يسجّل أحد الدخول في هذه السحابة بعد. لتسجيل الدخول: { "\u2068" }`care --cloud URL --trust FILE sign-in NAME`{ "\u2069" }.
unknown-name = لا يوجد هنا { -tp-link-id } باسم { $name }. في العالم الجديد: { "\u2068" }anna{ "\u2069" } و{ "\u2068" }ben{ "\u2069" } و{ "\u2068" }cara{ "\u2069" }.
sign-in-unreachable = يتعذّر الوصول إلى خدمة تسجيل الدخول ({ $why }). حالة تسجيل الدخول كما كانت.
no-purchase = لا توجد مشتريات بعد.
nothing-to-restore = ليس لحساب المتجر على هذا الهاتف مشتريات لاستعادتها.
restored = المشتريات التي عُثر عليها: { $found }؛ مُنحت: { $granted }، في الانتظار: { $waiting }.
news-of = أخبار { $plan }:
earlier-news = سابقًا، { $plan }: { $outcome }
left-out = لم تُضَف { $camera }: { $reason }
    .without-reason = لم تُضَف { $camera }.
next-choose = الخطوة التالية: اختر الكاميرات التي تغطيها.
not-finished = لم يكتمل بعد.
nothing-is-lost = لم يُفقد شيء: يواصل { "\u2068" }`care status`{ "\u2069" } التالي العمل.
no-camera-of-that-name = ليس في هذا الحساب كاميرا { $camera }. الموجود: { $cameras }.
    .without-cameras = ليس في هذا الحساب كاميرا { $camera } ولا غيرها.
no-plan-for-cameras = لا توجد خطة لإضافة كاميرات إليها. يعرض { "\u2068" }`care plans`{ "\u2069" } ما هو معروض للبيع، ويشتري { "\u2068" }`care subscribe PLAN`{ "\u2069" } خطة.
no-such-plan = لا توجد خطة بالمعرّف { $id }. الموجود: { $plans }.
    .without-plans = لا توجد خطة بالمعرّف { $id }. لا توجد خطط بعد.
which-plan = قد تكون المقصودة أكثر من خطة: حدّد واحدة باستخدام { "\u2068" }--for{ "\u2069" }. الموجود: { $plans }.
    .without-plans = قد تكون المقصودة أكثر من خطة: حدّد واحدة باستخدام { "\u2068" }--for{ "\u2069" }.

head-plan = الخطة
head-title = الاسم
head-stands = الحالة
head-cameras = الكاميرات
head-which = أيها
head-next = التالي
head-id = المعرّف
head-camera = الكاميرا
head-model = الطراز
head-now = الآن
head-care = التغطية
head-cannot-be-added = لا تمكن إضافتها لأن
head-free-trial = الفترة التجريبية المجانية
head-start-or-cancel-with = تبدأ أو تُلغى باستخدام
head-for-this-plan = لهذه الخطة
head-purchase = الشراء
head-means = ماذا يعني ذلك
head-refused-by = رفضه هنا
head-covers = تغطي
head-price = السعر
head-receipt = الإيصال
head-product = المنتج
head-ledger = البيئة
head-verified = تم التحقق هنا
head-paid-until = مدفوع حتى
head-cloud-says = رد السحابة
head-at-store = لدى المتجر
head-comes-to = ما يعادل

cameras-of = { $selected } من { $capacity }
cameras-count = { $capacity-number ->
    [zero] بلا كاميرات
    [one] كاميرا واحدة
    [two] كاميرتان
    [few] { $capacity } كاميرات
    [many] { $capacity } كاميرا
   *[other] { $capacity } كاميرا
 }
price-each = { $price } { part-each-period }
comes-to = { $price } كل شهر
plan-says = خطة { $plan }: { $terms } { $manage }
field-says = { "\u200f" }{ $name }: { $value }
camera-says = كاميرا { $camera }: { $said }
next-renews = تتجدد في { $date }
next-ends = تنتهي في { $date }
next-unknown = غير معروف
camera-is-online = متصلة
camera-is-offline = غير متصلة
on-the-plan = ضمن الخطة
taken-off = ضمن الخطة، أُزيلت
chosen = مختارة
can-be-added = يمكن إضافتها
cannot-be-added-because = لا يمكن إضافتها: { $reason }
a-purchase = عملية شراء
verified = نعم
not-verified = لا: { $check }
    .without-check = لا
nothing-said-yet = لا شيء بعد
finished = مكتمل
not-finished-at-store = غير مكتمل
trial-word = { $state ->
    [can_start] يمكن بدؤها
    [kept] محفوظة
    [today] تنتهي اليوم
    [active] جارية
    [paused] متوقفة مؤقتًا
    [used] مستخدَمة
    [covered] لا حاجة إليها
    [not_offered] غير متاحة
    [offline] بلا اتصال
   *[other] غير معروف
 }
trial-left = { part-days-left }
trial-paused-left = متوقفة مؤقتًا، { part-days-left }
trial-cancel-with = { $command }، نهائيًا
trial-hidden = { $camera }: لن يُذكر شيء عن فترتها التجريبية المجانية بعد الآن.
