using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Contract;

/// <summary>A volunteer checks in or signs out. Exactly one of <paramref name="Code"/> and <paramref name="Ticket"/> says where.</summary>
/// <param name="RequestId">Chosen once for what is asked, and kept when it is sent again.</param>
/// <param name="Arriving">In, or out.</param>
/// <param name="Code">The code at the door as it was read: what stands after /c/ in its address.</param>
/// <param name="Ticket">What the form of such a code was handed.</param>
public sealed record CheckInRequest(Guid RequestId, bool Arriving, string? Code, string? Ticket);

/// <summary>It is on disk.</summary>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Arrived">In, or out.</param>
/// <param name="Receipt">Address of the receipt, for who asked.</param>
public sealed record CheckInAnswer(DateTimeOffset At, bool Arrived, string Receipt);

/// <summary>Nobody is signed in and the phone is not known: who it is is said once by the form.</summary>
public sealed record PhoneNotKnown : Refusal;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CheckInRequest))]
[JsonSerializable(typeof(CheckInAnswer))]
internal sealed partial class CheckInJson : JsonSerializerContext;

/// <summary>
/// What a volunteer's own phone may ask as JSON. Who it is says the session or the remembered phone. Only JSON is read, which no form of
/// another site can send, and no other origin is allowed to.
/// </summary>
public static class CheckInApi
{
    private const long Largest = 4 * 1024;

    public static void MapCheckInApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/check-in", TellAsync).AllowAnonymous().WithTags("CheckIn").WithName("CheckIn").WithSummary("Check in or sign out at the door where the phone is")
            .WithDescription("The session or the remembered phone says who; the code, or the form's ticket, says where. Sent again with its request id it is answered as before.")
            .WithMetadata(new RequestSizeLimitAttribute(Largest)).Accepts<CheckInRequest>("application/json", "*/*").Produces<CheckInAnswer>()
            .Produces<CheckInProblem>(StatusCodes.Status400BadRequest, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status403Forbidden, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status404NotFound, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status409Conflict, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status410Gone, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status503ServiceUnavailable, CheckInProblems.MediaType);

    private static async Task<IResult> TellAsync(
        HttpContext http, CheckInVolunteer job, DoorCodes codes, FormTickets tickets, ReceiptTokens receipts, CurrentCommunity community)
    {
        if (await ReadAsync(http) is not { } asked) return CheckInProblems.Answer(http, new RequestUnreadable());
        if (await http.KnownPersonAsync() is not { } person) return CheckInProblems.Answer(http, new PhoneNotKnown());
        var place = asked.Code is { } code
            ? await codes.ReadAsync(code, http.RequestAborted)
            : tickets.Read(asked.Ticket, community.CheckIn.FormLife) is { } ticket ? ticket.Place : new FormExpired();
        if (place.Refused) return CheckInProblems.Answer(http, place.Refusal);
        var told = await job.RunAsync(person, place.Value, asked.RequestId, asked.Arriving, http.RequestAborted);
        if (told.Refused) return CheckInProblems.Answer(http, told.Refusal);
        return Results.Json(new CheckInAnswer(told.Value.At.ToUniversalTime(), told.Value.Arrived, "/c/receipt/" + receipts.Sign(told.Value)), CheckInJson.Default.CheckInAnswer);
    }

    private static async Task<CheckInRequest?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) return null;
        try
        {
            var asked = await http.Request.ReadFromJsonAsync(CheckInJson.Default.CheckInRequest, http.RequestAborted);
            return asked is not null && asked.RequestId != Guid.Empty && asked.Code is null != asked.Ticket is null ? asked : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
