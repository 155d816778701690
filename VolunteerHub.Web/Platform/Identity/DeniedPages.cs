using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>Notes in the audit who asked for a page that is not for them: the page by its pattern, never the address with what stood in it.</summary>
public sealed class DeniedPages(Hub hub)
{
    /// <summary>The subject of audit lines about pages.</summary>
    public const string Subject = "Page";

    /// <param name="actor">Who asked.</param>
    /// <param name="pattern">E.g. <c>/runs/{Id:guid}</c>.</param>
    /// <param name="ct">Cancels before it is noted.</param>
    public async Task NoteAsync(Actor actor, string? pattern, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        work.Note(AuditActions.Denied, Subject, pattern ?? "");
        await work.SaveAsync(null, ct);
    }

    /// <summary>Notes the endpoint of a request that is refused.</summary>
    public Task NoteAsync(HttpContext http) => ActorClaims.ActorOf(http.User) is { } actor
        ? NoteAsync(actor, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, http.RequestAborted)
        : Task.CompletedTask;
}
