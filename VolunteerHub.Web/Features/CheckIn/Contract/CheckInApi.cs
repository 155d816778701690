using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

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
public sealed class CheckInApi(
    CheckInVolunteer job, DoorCodes codes, FormTickets tickets, ReceiptTokens receipts, CurrentCommunity community, KnownPeopleAtDoor people)
{
    private const long Largest = 4 * 1024;

    internal async Task TellAsync(HttpContext http)
    {
        var told = await ReadAsync(http) is { } asked ? await TellAsync(http, asked) : new RequestUnreadable();
        await (told.Refused ? RefuseAsync(http, told.Refusal) : AnswerAsync(http.Response, told.Value));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<AttendanceReceipt>> TellAsync(HttpContext http, CheckInRequest asked)
    {
        if (await people.WhoAsync(http) is not { } person) return new PhoneNotKnown();
        var place = asked.Code is { } code
            ? await codes.ReadAsync(code, http.RequestAborted)
            : tickets.Read(asked.Ticket, community.CheckIn.FormLife) is { } ticket ? ticket.Place : new FormExpired();
        return place.Refused ? place.Refusal : await job.RunAsync(person, place.Value, asked.RequestId, asked.Arriving, http.RequestAborted);
    }

    private Task AnswerAsync(HttpResponse response, AttendanceReceipt receipt)
    {
        var answer = new CheckInAnswer(receipt.At.ToUniversalTime(), receipt.Arrived, receipts.AddressOf(receipt));
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, CheckInJson.Default.CheckInAnswer);
        (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", json.Length);
        return response.Body.WriteAsync(json).AsTask();
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal) => new InLanguage(asked => CheckInProblems.Answer(asked, refusal)).ExecuteAsync(http);

    internal static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .AllowAnonymous().WithTags("CheckIn").WithName("CheckIn").WithSummary("Check in or sign out at the door where the phone is")
        .WithDescription("The session or the remembered phone says who; the code, or the form's ticket, says where. Sent again with its request id it is answered as before.")
        .WithMetadata(new RequestSizeLimitAttribute(Largest)).Accepts<CheckInRequest>("application/json", "*/*").Produces<CheckInAnswer>()
        .Produces<CheckInProblem>(StatusCodes.Status400BadRequest, CheckInProblems.MediaType)
        .Produces<CheckInProblem>(StatusCodes.Status403Forbidden, CheckInProblems.MediaType)
        .Produces<CheckInProblem>(StatusCodes.Status404NotFound, CheckInProblems.MediaType)
        .Produces<CheckInProblem>(StatusCodes.Status409Conflict, CheckInProblems.MediaType)
        .Produces<CheckInProblem>(StatusCodes.Status410Gone, CheckInProblems.MediaType)
        .Produces<CheckInProblem>(StatusCodes.Status503ServiceUnavailable, CheckInProblems.MediaType);

    private static async ValueTask<CheckInRequest?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) return null;
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            if (read.IsCompleted)
            {
                var asked = Parse(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return asked;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static CheckInRequest? Parse(in ReadOnlySequence<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var asked = JsonSerializer.Deserialize(ref reader, CheckInJson.Default.CheckInRequest);
            return !reader.Read() && asked is not null && asked.RequestId != Guid.Empty && asked.Code is null != asked.Ticket is null ? asked : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Where the check-in end points are found.</summary>
public static class CheckInApiSetup
{
    /// <summary>A whole crowd asks this one within seconds, so it is answered right after its route was found, and holds what it needs.</summary>
    public static void MapCheckInApi(this IEndpointRouteBuilder routes) =>
        CheckInApi.Describe(routes.MapPost("/api/check-in", (Func<HttpContext, Task>)ActivatorUtilities.CreateInstance<CheckInApi>(routes.ServiceProvider).TellAsync)).ShortCircuit();
}
