using System.Text.Json;
using System.Text.Json.Serialization;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Kiosks;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.CheckIn.Contract;

/// <summary>What was sent is not what the contract says.</summary>
public sealed record RequestUnreadable : Refusal;

/// <summary>More moments at once than one request may carry.</summary>
public sealed record TooManyMoments(int Most) : Refusal;

/// <summary>Why something was not done, as programs read it (after RFC 7807); what the refusal carries stands beside it.</summary>
/// <param name="Type">The name of the refusal in the contract; it never changes.</param>
/// <param name="Title">The sentence for who stands before the device.</param>
/// <param name="Status">The HTTP status that belongs to it.</param>
public sealed record CheckInProblem(string Type, string Title, int Status)
{
    /// <summary>What the refusal carries, by name: times as instants.</summary>
    [JsonExtensionData]
    public IDictionary<string, object?> Data { get; init; } = new Dictionary<string, object?>();
}

/// <summary>
/// The one table of refusals in the check-in contract: each type of refusal, what programs call it, and its HTTP status. A refusal that is
/// not here cannot be answered by an end point of the contract; a test looks that it is.
/// </summary>
public static class CheckInProblems
{
    public const string MediaType = "application/problem+json";

    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan TriesFor = TimeSpan.FromMinutes(1);

    /// <summary>Type of the refusal → its name and status.</summary>
    public static IReadOnlyDictionary<Type, (string Slug, int Status)> Table { get; } = new Dictionary<Type, (string, int)>
    {
        [typeof(AlreadyCheckedIn)] = ("already-in", StatusCodes.Status409Conflict),
        [typeof(NotCheckedIn)] = ("not-in", StatusCodes.Status409Conflict),
        [typeof(CheckInNotOpenYet)] = ("not-open-yet", StatusCodes.Status409Conflict),
        [typeof(CheckInClosed)] = ("closed", StatusCodes.Status409Conflict),
        [typeof(NotOnRoster)] = ("not-rostered", StatusCodes.Status409Conflict),
        [typeof(CardHolderNotOnRoster)] = ("not-rostered", StatusCodes.Status409Conflict),
        [typeof(TooManyIntervals)] = ("too-many-intervals", StatusCodes.Status409Conflict),
        [typeof(RequestIdReused)] = ("replayed", StatusCodes.Status409Conflict),
        [typeof(WrongRun)] = ("wrong-run", StatusCodes.Status409Conflict),
        [typeof(ServesAnotherRun)] = ("wrong-run", StatusCodes.Status409Conflict),
        [typeof(RunNotPublished)] = ("run-not-published", StatusCodes.Status409Conflict),
        [typeof(NotActive)] = ("not-active", StatusCodes.Status409Conflict),
        [typeof(HelperNotHere)] = ("helper-not-here", StatusCodes.Status409Conflict),
        [typeof(TooManyHelped)] = ("too-many-helped", StatusCodes.Status409Conflict),
        [typeof(CodeExpired)] = ("code-expired", StatusCodes.Status410Gone),
        [typeof(FormExpired)] = ("form-expired", StatusCodes.Status410Gone),
        [typeof(CodeRevoked)] = ("revoked-code", StatusCodes.Status410Gone),
        [typeof(PrintedCodeWithdrawn)] = ("revoked-code", StatusCodes.Status410Gone),
        [typeof(CodeUnknown)] = ("unknown-code", StatusCodes.Status404NotFound),
        [typeof(CardUnknown)] = ("unknown-code", StatusCodes.Status404NotFound),
        [typeof(RunNotFound)] = ("run-not-found", StatusCodes.Status404NotFound),
        [typeof(PairingCodeWrong)] = ("pairing-code-wrong", StatusCodes.Status404NotFound),
        [typeof(NotIdentified)] = ("not-identified", StatusCodes.Status403Forbidden),
        [typeof(PhoneNotKnown)] = ("phone-not-known", StatusCodes.Status403Forbidden),
        [typeof(NotAllowed)] = ("not-allowed", StatusCodes.Status403Forbidden),
        [typeof(DeviceRevoked)] = ("device-revoked", StatusCodes.Status403Forbidden),
        [typeof(DeviceUnknown)] = ("device-unknown", StatusCodes.Status401Unauthorized),
        [typeof(RequestUnreadable)] = ("not-readable", StatusCodes.Status400BadRequest),
        [typeof(TooManyMoments)] = ("too-many-moments", StatusCodes.Status413PayloadTooLarge),
        [typeof(TooManyTries)] = ("too-many-tries", StatusCodes.Status429TooManyRequests),
        [typeof(TooBusy)] = ("too-busy", StatusCodes.Status503ServiceUnavailable),
    };

    /// <summary>The refusal in words for people and for programs.</summary>
    /// <exception cref="KeyNotFoundException">No end point of the contract answers this refusal.</exception>
    public static CheckInProblem Of(Refusal refusal, ReasonTexts reasons)
    {
        var (slug, status) = Table[refusal.GetType()];
        return new CheckInProblem(slug, reasons.Of(refusal), status) { Data = DataOf(refusal) };
    }

    /// <summary>Answers a whole request with a refusal.</summary>
    public static IResult Answer(HttpContext http, Refusal refusal)
    {
        Head(http, refusal);
        var problem = Of(refusal, http.RequestServices.GetRequiredService<ReasonTexts>());
        return Results.Json(problem, contentType: MediaType, statusCode: problem.Status);
    }

    /// <summary>Writes the headers that belong to a refusal: when to try again, and how a device says who it is.</summary>
    public static void Head(HttpContext http, Refusal refusal)
    {
        var headers = http.Response.Headers;
        if (refusal is TooBusy) headers.RetryAfter = $"{BusyFor.TotalSeconds:0}";
        if (refusal is TooManyTries) headers.RetryAfter = $"{TriesFor.TotalSeconds:0}";
        if (refusal is DeviceUnknown) headers.WWWAuthenticate = "Bearer";
    }

    private static Dictionary<string, object?> DataOf(Refusal refusal) => refusal.GetType().GetProperties().ToDictionary(
        // The status of a problem is a number of HTTP.
        p => JsonNamingPolicy.CamelCase.ConvertName(p.Name == nameof(CheckInProblem.Status) ? "State" : p.Name),
        p => p.GetValue(refusal) is Enum name ? name.ToString() : p.GetValue(refusal));
}
