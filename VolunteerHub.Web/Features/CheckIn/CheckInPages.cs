using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// The pages behind the QR code. A GET changes nothing (link previews fetch addresses) and hands out a signed form;
/// the POST carries it out and leads to a receipt.
/// </summary>
public static class CheckInPages
{
    public static void MapCheckInPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous();
        pages.MapPage("/c/{code}", ScanAsync);
        pages.MapForm("/c/{code}", SendAsync, SendAgainAsync);
        pages.MapPage("/c/receipt/{token}", ReceiptAsync);
        pages.MapForm("/c/receipt/{token}/take-back", TakeBackAsync, (http, _) => Task.FromResult(PlainPages.SeeOther($"/c/receipt/{http.GetRouteValue("token")}")));
        pages.MapForm("/c/receipt/{token}/help", HelpFromReceiptAsync, (http, _) => Task.FromResult(PlainPages.SeeOther($"/c/receipt/{http.GetRouteValue("token")}")));
        var leaders = routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy);
        leaders.MapPage("/runs/{id:guid}/printed-code", PrintedAsync);
        leaders.MapForm("/runs/{id:guid}/printed-code", ChangePrintedAsync, (http, _) => PrintedAsync(http));
        leaders.MapPage("/runs/{id:guid}/pins", PinsAsync);
        leaders.MapForm("/runs/{id:guid}/pins", IssuePinsAsync, (http, _) => Task.FromResult(PlainPages.SeeOther($"/runs/{http.GetRouteValue("id")}/pins")));
    }

    private static async Task<IResult> ScanAsync(HttpContext http)
    {
        var code = (string)http.GetRouteValue("code")!;
        var (form, tickets) = (http.RequestServices.GetRequiredService<CheckInForm>(), http.RequestServices.GetRequiredService<FormTickets>());
        var person = await http.KnownPersonAsync();
        var view = await form.LoadAsync(person, code, http.RequestAborted);
        return view.Refused
            ? Refused(http, view.Refusal)
            : PlainPages.Page<CheckInPage>(new { View = view.Value, Code = code, Ticket = tickets.Sign(FormTicket.For(view.Value.RunId, view.Value.Evidence)) });
    }

    private static async Task<IResult> SendAsync(HttpContext http, PostedForm form)
    {
        var services = http.RequestServices;
        if (Ticket(http, form) is not { } ticket) return Refused(http, new FormExpired());
        if (form["action"] == "not-me")
        {
            await http.ForgetPersonAsync();
            return await ShowAgainAsync(http, form, ticket, person: null);
        }

        var arriving = form["action"] != "out";
        var known = await http.KnownPersonAsync();
        var typed = form["phone"].Length > 0 || form["pin"].Length > 0;
        if (known is null || typed)
        {
            var (phoneError, pinError) = FieldErrors(services.GetRequiredService<IStringLocalizer<Texts>>(), form);
            if (phoneError is not null || pinError is not null) return await ShowAgainAsync(http, form, ticket, null, null, phoneError, pinError);
            if (services.GetRequiredService<SecretTries>().Count(http) is { } tooMany) return await ShowAgainAsync(http, form, ticket, null, tooMany);
            var identified = await services.GetRequiredService<IdentifyByPin>().RunAsync(ticket.RunId, form["phone"], form["pin"], http.RequestAborted);
            if (identified.Refused) return await ShowAgainAsync(http, form, ticket, null, identified.Refusal);
            known = identified.Value;
        }

        if (form["action"] == "buddy") return await HelpAsync(http, form, ticket, known);
        var told = await services.GetRequiredService<CheckInVolunteer>().RunAsync(known, ticket.Place, ticket.RequestFor(arriving), arriving, http.RequestAborted);
        // Who was known by PIN is not known to the next form: it asks again.
        if (told.Refused) return await ShowAgainAsync(http, form, ticket, known.Via == Via.Pin ? null : known, told.Refusal);
        if (known.Via == Via.Pin && form.Ticked("remember")) await services.GetRequiredService<RememberedPhones>().RememberAsync(http, known.Id);
        return PlainPages.SeeOther(services.GetRequiredService<ReceiptTokens>().AddressOf(told.Value));
    }

    private static async Task<IResult> HelpAsync(HttpContext http, PostedForm form, FormTicket ticket, Actor helper)
    {
        Outcome<AttendanceReceipt> told = Beside(form) is var (helped, reason)
            ? await http.RequestServices.GetRequiredService<CheckInBuddy>().RunAsync(helper, ticket, helped, reason, form["words"], http.RequestAborted)
            : new BuddyNotChosen();
        return told.Refused
            ? await ShowAgainAsync(http, form, ticket, helper.Via == Via.Pin ? null : helper, told.Refusal)
            : PlainPages.SeeOther(http.RequestServices.GetRequiredService<ReceiptTokens>().AddressOf(told.Value));
    }

    /// <summary>Whom to check in, and why.</summary>
    private static (VolunteerId Helped, BuddyReason Reason)? Beside(PostedForm form) =>
        Guid.TryParse(form["beside"], out var id) && Enum.TryParse<BuddyReason>(form["because"], out var reason) ? (new VolunteerId(id), reason) : null;

    private static async Task<IResult> SendAgainAsync(HttpContext http, PostedForm form) => Ticket(http, form) is { } ticket
        ? await ShowAgainAsync(http, form, ticket, await http.KnownPersonAsync(), new FormStale())
        : Refused(http, new FormExpired());

    /// <summary>The same form again, with what was typed (never the PIN) and what is wrong.</summary>
    private static async Task<IResult> ShowAgainAsync(
        HttpContext http, PostedForm form, FormTicket ticket, Actor? person, Refusal? refusal = null, string? phoneError = null, string? pinError = null)
    {
        var view = await http.RequestServices.GetRequiredService<CheckInForm>().LoadAgainAsync(person, ticket, http.RequestAborted);
        return view.Refused
            ? Refused(http, view.Refusal)
            : PlainPages.Page<CheckInPage>(new
            {
                View = view.Value,
                Code = (string)http.GetRouteValue("code")!,
                Ticket = form["ticket"],
                Refusal = refusal,
                Phone = form["phone"],
                PhoneError = phoneError,
                PinError = pinError,
                Remember = form["action"] == "not-me" || form.Ticked("remember"),
            });
    }

    private static (string? Phone, string? Pin) FieldErrors(IStringLocalizer<Texts> texts, PostedForm form) =>
        (PhoneNumberReader.Read(form["phone"]) is null ? texts["CheckIn.Error.Phone"].Value : null,
         CheckInPin.IsWellFormed(form["pin"]) ? null : texts["CheckIn.Error.Pin"].Value);

    private static FormTicket? Ticket(HttpContext http, PostedForm form) =>
        http.RequestServices.GetRequiredService<FormTickets>().Read(form["ticket"], http.RequestServices.GetRequiredService<CurrentCommunity>().CheckIn.FormLife);

    private static Task<IResult> ReceiptAsync(HttpContext http) => ShowReceiptAsync(http, null);

    private static async Task<IResult> ShowReceiptAsync(HttpContext http, Refusal? refusal)
    {
        var token = (string)http.GetRouteValue("token")!;
        if (http.RequestServices.GetRequiredService<ReceiptTokens>().Read(token) is not var (interval, arrived)) return Refused(http, new CodeUnknown());
        var view = await http.RequestServices.GetRequiredService<CheckInReceipt>().LoadAsync(interval, arrived, http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<ReceiptPage>(new { View = view.Value, Token = token, Refusal = refusal });
    }

    private static async Task<IResult> HelpFromReceiptAsync(HttpContext http, PostedForm form)
    {
        var token = (string)http.GetRouteValue("token")!;
        if (http.RequestServices.GetRequiredService<ReceiptTokens>().Read(token) is not (var interval, true)) return Refused(http, new CodeUnknown());
        Outcome<AttendanceReceipt> told = Beside(form) is var (helped, reason)
            ? await http.RequestServices.GetRequiredService<HelpFromReceipt>().RunAsync(interval, helped, reason, form["words"], http.RequestAborted)
            : new BuddyNotChosen();
        return told.Refused ? await ShowReceiptAsync(http, told.Refusal) : PlainPages.SeeOther($"/c/receipt/{token}");
    }

    private static async Task<IResult> TakeBackAsync(HttpContext http, PostedForm form)
    {
        var token = (string)http.GetRouteValue("token")!;
        if (http.RequestServices.GetRequiredService<ReceiptTokens>().Read(token) is not var (interval, arrived)) return Refused(http, new CodeUnknown());
        var done = await http.RequestServices.GetRequiredService<TakeBackOwnCheckIn>().RunAsync(interval, arrived, http.RequestAborted);
        return done.Refused ? Refused(http, done.Refusal) : PlainPages.SeeOther($"/c/receipt/{token}");
    }

    private static async Task<IResult> PinsAsync(HttpContext http)
    {
        var view = await http.RequestServices.GetRequiredService<AttendanceBoard>().LoadAsync(ActorClaims.ActorOf(http.User)!, RunOf(http), http.RequestAborted);
        if (view.Refused || !view.Value.MayTake) return Refused(http, view.Refusal ?? new NotAllowed());
        return PlainPages.Page<PinSlipsPage>(new { View = view.Value });
    }

    private static async Task<IResult> IssuePinsAsync(HttpContext http, PostedForm form)
    {
        var run = RunOf(http);
        var chosen = form.All("who").Select(text => Guid.TryParse(text, out var id) ? new VolunteerId(id) : default).ToHashSet();
        var actor = ActorClaims.ActorOf(http.User)!;
        var issued = await http.RequestServices.GetRequiredService<IssuePins>().RunAsync(actor, run, chosen, http.RequestAborted);
        if (issued.Refused) return Refused(http, issued.Refusal);
        var view = await http.RequestServices.GetRequiredService<AttendanceBoard>().LoadAsync(actor, run, http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<PinSlipsPage>(new { View = view.Value, Issued = issued.Value });
    }

    private static async Task<IResult> PrintedAsync(HttpContext http)
    {
        var view = await http.RequestServices.GetRequiredService<PrintedCode>().LoadAsync(ActorClaims.ActorOf(http.User)!, RunOf(http), http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<PrintedCodePage>(new { View = view.Value });
    }

    private static async Task<IResult> ChangePrintedAsync(HttpContext http, PostedForm form)
    {
        var (actor, run) = (ActorClaims.ActorOf(http.User)!, RunOf(http));
        var done = form["action"] == "withdraw"
            ? await http.RequestServices.GetRequiredService<WithdrawPrintedCode>().RunAsync(actor, run, http.RequestAborted)
            : await http.RequestServices.GetRequiredService<AllowPrintedCode>().RunAsync(actor, run, http.RequestAborted);
        return done.Refused ? Refused(http, done.Refusal) : PlainPages.SeeOther($"/runs/{run}/printed-code");
    }

    private static RunId RunOf(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    private static IResult Refused(HttpContext http, Refusal refusal)
    {
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return PlainPages.Page<PlainNotice>(
            new { Title = texts["CheckIn.Refused"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal), Back = "/" },
            refusal switch { NotAllowed => StatusCodes.Status403Forbidden, CodeUnknown => StatusCodes.Status404NotFound, CodeExpired or FormExpired => StatusCodes.Status410Gone, _ => StatusCodes.Status409Conflict });
    }
}

/// <summary>Whom to check in, or why, was not said.</summary>
public sealed record BuddyNotChosen : Refusal;

/// <summary>The page lay open for so long that the form was not taken; sending it again is enough.</summary>
public sealed record FormStale : Refusal;

/// <summary>The address of a receipt: names an interval to who holds it, and to nobody who guesses.</summary>
public sealed class ReceiptTokens(ProtectionKeys keys)
{
    private const int GuidBytes = 16;
    private const int Named = GuidBytes + 1;
    private const int Bytes = Named + 16;

    /// <summary>The path of the receipt's page.</summary>
    public string AddressOf(AttendanceReceipt receipt)
    {
        Span<char> token = stackalloc char[Base64Url.GetEncodedLength(Bytes)];
        Sign(receipt, token);
        return string.Concat("/c/receipt/", token);
    }

    private void Sign(AttendanceReceipt receipt, Span<char> token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        receipt.IntervalId.Value.TryWriteBytes(bytes);
        bytes[GuidBytes] = receipt.Arrived ? (byte)1 : (byte)0;
        Mac(bytes[..Named], bytes[Named..]);
        Base64Url.EncodeToChars(bytes, token);
    }

    public (IntervalId Interval, bool Arrived)? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Span<byte> mac = stackalloc byte[Bytes - Named];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != Bytes) return null;
        Mac(bytes[..Named], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[Named..]) ? (new IntervalId(new Guid(bytes[..GuidBytes])), bytes[GuidBytes] == 1) : null;
    }

    private void Mac(ReadOnlySpan<byte> named, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.Receipt, named, whole);
        whole[..mac.Length].CopyTo(mac);
    }
}
