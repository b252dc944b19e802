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

status-of = { -tapo-care }: { $who }
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
trial-word = { $state ->
    [can_start] يمكن بدؤها
    [kept] محفوظة
    [today] تنتهي اليوم
    [active] جارية
    [paused] متوقفة مؤقتًا
    [used] مستخدَمة
    [not_offered] غير متاحة
    [offline] بلا اتصال
   *[other] غير معروف
 }
trial-left = { part-days-left }
trial-paused-left = متوقفة مؤقتًا، { part-days-left }
trial-cancel-with = { $command }، نهائيًا
trial-hidden = { $camera }: لن يُذكر شيء عن فترتها التجريبية المجانية بعد الآن.
