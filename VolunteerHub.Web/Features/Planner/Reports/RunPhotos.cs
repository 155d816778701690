using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Reports;

/// <summary>A leader of the host team adds a picture of a run; it is drawn anew and kept small.</summary>
public sealed class AddRunPhoto(Hub hub)
{
    /// <param name="actor">Who adds it.</param>
    /// <param name="runId">The run.</param>
    /// <param name="file">The file as it was sent.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<RunPhotoId>> RunAsync(Actor actor, RunId runId, byte[] file, CancellationToken ct = default)
    {
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (await read.Db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) is not { } seen) return new RunNotFound();
            if (!read.Authority.MayPlan(seen.HostTeamId)) return read.Denied(this, runId);
        }

        // Drawing takes a while, in which nobody else shall wait to write.
        var small = await Task.Run(() => SmallPhoto.Of(file), ct);
        if (small.Refused) return small.Refusal;
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (run.TakesNoPhoto(work.Now, await work.Db.RunPhotos.CountAsync(p => p.RunId == runId, ct)) is { } refusal) return refusal;
        var photo = new RunPhoto(runId, small.Value.Data, small.Value.Width, small.Value.Height, actor.Id, work.Now);
        work.Db.RunPhotos.Add(photo);
        await work.SaveAsync(runId, ct);
        return photo.Id;
    }
}

/// <summary>A leader of the host team takes a picture of a run out.</summary>
public sealed class RemoveRunPhoto(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, RunPhotoId photoId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (await work.Db.RunPhotos.FirstOrDefaultAsync(p => p.Id == photoId && p.RunId == runId, ct) is not { } photo) return new PhotoNotFound();
        work.Db.RunPhotos.Remove(photo);
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>A picture of a run, for whoever may see the run on the boards.</summary>
public sealed class RunPhotoFile(Hub hub)
{
    public async Task<Outcome<byte[]>> LoadAsync(Actor actor, RunId runId, RunPhotoId photoId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MaySee(run)) return read.Denied(this, runId);
        var photo = await read.Db.RunPhotos.Where(p => p.Id == photoId && p.RunId == runId).Select(p => p.Data).FirstOrDefaultAsync(ct);
        return photo is null ? new PhotoNotFound() : photo;
    }
}

/// <summary>Serves the pictures of runs to those who may see them.</summary>
public static class RunPhotoPages
{
    public static void MapRunPhotos(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy).MapPage("/runs/{id:guid}/photos/{photo:guid}", PhotoAsync);

    private static async Task<IResult> PhotoAsync(HttpContext http)
    {
        var (run, photo) = (Guid.Parse((string)http.GetRouteValue("id")!), Guid.Parse((string)http.GetRouteValue("photo")!));
        var file = await http.RequestServices.GetRequiredService<RunPhotoFile>().LoadAsync(ActorClaims.ActorOf(http.User)!, new RunId(run), new RunPhotoId(photo), http.RequestAborted);
        if (file.Refused) return Results.StatusCode(file.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = "inline";
        return Results.Bytes(file.Value, SmallPhoto.ContentType);
    }
}
