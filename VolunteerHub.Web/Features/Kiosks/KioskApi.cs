using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Features.CheckIn.Contract;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>
/// What tablets ask and tell, as JSON. A token in the header says who asks; no cookie is looked at, so no other page can have a browser ask.
/// </summary>
public static class KioskApi
{
    private const string Bearer = "Bearer ";
    private const long LargestUpload = 256 * 1024;

    public static void MapKioskApi(this IEndpointRouteBuilder routes)
    {
        // Whatever is sent is answered by the contract: what is no JSON is not readable, and nobody is sent to sign in.
        var api = routes.MapGroup("/api/kiosk").AllowAnonymous().WithTags("Kiosk").WithMetadata(new RequestSizeLimitAttribute(LargestUpload));
        api.MapPost("/pair", PairAsync).WithName("PairKiosk").WithSummary("Redeem a pairing code for a token")
            .WithDescription("The code works once and for ten minutes.")
            .Accepts<PairingRequest>("application/json", "*/*").Produces<KioskPaired>()
            .Produces<CheckInProblem>(StatusCodes.Status400BadRequest, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status404NotFound, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status429TooManyRequests, CheckInProblems.MediaType);
        api.MapMethods("/run", [HttpMethods.Get], RunAsync).WithName("KioskRun").WithSummary("The run that this device serves, and who is expected")
            .WithMetadata(new ByDevice()).Produces<KioskRunAnswer>()
            .Produces<CheckInProblem>(StatusCodes.Status401Unauthorized, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status403Forbidden, CheckInProblems.MediaType);
        api.MapPost("/moments", TellAsync).WithName("TellMoments").WithSummary("Tell who came and who left, up to a hundred at once")
            .WithDescription("One result for each moment, in their order: a receipt with its doubts, or a problem. Moments of a device that was revoked have no effect; those marked as kept stand on the leader's list.")
            .WithMetadata(new ByDevice()).Accepts<KioskUpload>("application/json", "*/*").Produces<KioskUploadAnswer>()
            .Produces<CheckInProblem>(StatusCodes.Status400BadRequest, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status401Unauthorized, CheckInProblems.MediaType)
            .Produces<KioskRefusal>(StatusCodes.Status403Forbidden, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status413PayloadTooLarge, CheckInProblems.MediaType)
            .Produces<CheckInProblem>(StatusCodes.Status429TooManyRequests, CheckInProblems.MediaType);
    }

    private static async Task<IResult> PairAsync(HttpContext http, PairKiosk job, SecretTries tries)
    {
        if (await ReadAsync<PairingRequest>(http) is not { } asked) return CheckInProblems.Answer(http, new RequestUnreadable());
        if (tries.Count(http) is { } tooMany) return CheckInProblems.Answer(http, tooMany);
        var paired = await job.RunAsync(asked.Code, http.RequestAborted);
        return paired.Refused ? CheckInProblems.Answer(http, paired.Refusal) : Results.Json(paired.Value);
    }

    private static async Task<IResult> RunAsync(HttpContext http, KioskRun view)
    {
        var run = await view.LoadAsync(TokenOf(http), http.RequestAborted);
        return run.Refused ? CheckInProblems.Answer(http, run.Refusal) : Results.Json(run.Value);
    }

    private static async Task<IResult> TellAsync(HttpContext http, TellMoments job, SecretTries tries, ReasonTexts reasons)
    {
        if (TokenOf(http) is not { } token) return CheckInProblems.Answer(http, new DeviceUnknown());
        if (await ReadAsync<KioskUpload>(http) is not { } upload || !IsReadable(upload)) return CheckInProblems.Answer(http, new RequestUnreadable());
        foreach (var _ in upload.Moments?.Where(m => m.Proof is not null) ?? [])
            if (tries.Count(http) is { } tooMany) return CheckInProblems.Answer(http, tooMany);
        var told = await job.RunAsync(token, upload, http.RequestAborted);
        var results = told.Results.Select(Result).ToList();
        if (told.Refusal is DeviceRevoked revoked)
        {
            var problem = CheckInProblems.Of(revoked, reasons);
            return Results.Json(new KioskRefusal(problem.Type, problem.Title, problem.Status, results), contentType: CheckInProblems.MediaType, statusCode: problem.Status);
        }

        if (told.Refusal is { } refusal) return CheckInProblems.Answer(http, refusal);
        if (told.Results.FirstOrDefault(r => r.Refusal is TooBusy)?.Refusal is { } busy) CheckInProblems.Head(http, busy);
        return Results.Json(new KioskUploadAnswer(told.Now, results));

        KioskResult Result(ToldMoment moment) =>
            new(moment.RequestId, moment.Receipt, DoubtNames.Of(moment.Doubts), moment.Refusal is { } no ? CheckInProblems.Of(no, reasons) : null, moment.Kept);
    }

    /// <summary>Every moment has an id, and names one person in one way; the clock says a time that can be stored.</summary>
    private static bool IsReadable(KioskUpload upload) => (upload.Moments ?? []).All(m =>
        m is not null && m.RequestId != Guid.Empty && new[] { m.VolunteerId is not null, m.Code is not null, m.Proof is not null }.Count(given => given) == 1 && m.OccurredAt.Year is > 2000 and < 9000);

    private static string? TokenOf(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    private static async Task<T?> ReadAsync<T>(HttpContext http) where T : class
    {
        if (!http.Request.HasJsonContentType()) return null;
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
