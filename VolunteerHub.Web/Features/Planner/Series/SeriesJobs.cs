using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>Says what a change of a series would do: which runs are made, move, stay or go, and how many people are told.</summary>
public sealed class SeriesPreview(Hub hub)
{
    public async Task<Outcome<SeriesOutcome>> LoadAsync(Actor actor, SeriesDraft draft, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return read.Denied(this, draft.Id);
        var applied = await new SeriesWork(read, this, forReal: false).ApplyAsync(draft, ct);
        return applied.Refused ? applied.Refusal : applied.Value.Outcome;
    }
}

/// <summary>A leader makes a series of an own team, changes it, or ends it.</summary>
public sealed class SaveSeries(Hub hub)
{
    /// <param name="actor">Who saves.</param>
    /// <param name="draft">What is wanted.</param>
    /// <param name="stamp">Of the outcome that was looked at; refused where it would be another by now.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<SeriesId>> RunAsync(Actor actor, SeriesDraft draft, string stamp, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator && work.Authority.Leads.Count == 0) return work.Denied(this, draft.Id);
        var series = new SeriesWork(work, this, forReal: true);
        var applied = await series.ApplyAsync(draft, ct);
        if (applied.Refused) return applied.Refusal;
        if (applied.Value.Outcome.Stamp != stamp) return new SeriesChangedMeanwhile();
        await work.SaveRunsAsync(series.Touched, ct);
        return applied.Value.Series.Id;
    }
}
