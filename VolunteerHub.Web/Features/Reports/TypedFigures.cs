using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Reports;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>A figure that was typed by hand, as the sheet shows it.</summary>
/// <param name="Before">The one of the same name and unit in the report of a year before.</param>
/// <param name="By">Name of who typed it.</param>
/// <param name="Version">From which an editor starts.</param>
public sealed record TypedRow(TypedFigureId Id, string Name, decimal Value, string Unit, string Source, decimal? Before, string By, DateTimeOffset At, long Version);

/// <summary>A typed figure while someone types it.</summary>
public sealed class TypedForm
{
    public string Name { get; set; } = "";

    public decimal? Value { get; set; }

    public string Unit { get; set; } = "";

    public string Source { get; set; } = "";

    internal TypedFacts Facts => new(Name.Trim(), Value ?? 0, Unit.Trim(), Source.Trim());

    public static TypedForm Of(TypedRow row) => new() { Name = row.Name, Value = row.Value, Unit = row.Unit, Source = row.Source };
}

public sealed class TypedFormValidator : AbstractValidator<TypedForm>
{
    public TypedFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => n.Trim().Length > 0).WithMessage(_ => texts["Typed.Error.Name"])
            .Must(n => n.Trim().Length <= TypedFigure.LongestName).WithMessage(_ => texts["Typed.Error.TooLong", TypedFigure.LongestName]);
        RuleFor(f => f.Value).NotNull().WithMessage(_ => texts["Typed.Error.Value"])
            .Must(v => v is null or >= 0 and <= TypedFigure.Most).WithMessage(_ => texts["Typed.Error.Range", TypedFigure.Most]);
        RuleFor(f => f.Unit).Must(u => u.Trim().Length <= TypedFigure.LongestUnit).WithMessage(_ => texts["Typed.Error.TooLong", TypedFigure.LongestUnit]);
        RuleFor(f => f.Source).Must(s => s.Trim().Length > 0).WithMessage(_ => texts["Typed.Error.Source"])
            .Must(s => s.Trim().Length <= TypedFigure.LongestSource).WithMessage(_ => texts["Typed.Error.TooLong", TypedFigure.LongestSource]);
    }
}

/// <summary>Fields of a typed figure that cannot be taken as they are.</summary>
public sealed record TypedFigureInvalid : Refusal;

/// <summary>Adds a figure to a report, or states one anew: the coordinator to every report, leaders to those of their own teams.</summary>
public sealed class TypeFigure(Hub hub, IValidator<TypedForm> validator)
{
    /// <param name="actor">Who types.</param>
    /// <param name="scope">The report.</param>
    /// <param name="id">Which; null adds one.</param>
    /// <param name="form">What it says.</param>
    /// <param name="seen">The version that the editor started from.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<TypedFigureId>> RunAsync(Actor actor, ReportScope scope, TypedFigureId? id, TypedForm form, long seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var owner = await work.TypedOwnerAsync(scope, ct);
        if (!owner.MayType) return work.Denied(this, id);
        if (!(await validator.ValidateAsync(form, ct)).IsValid) return new TypedFigureInvalid();
        var (facts, from, until, team) = (form.Facts, scope.From, scope.Until, owner.Team);
        var all = await work.Db.TypedFigures.Where(f => f.From == from && f.Until == until && f.TeamId == team).ToListAsync(ct);
        var figure = all.Find(f => f.Id == id);
        if (id is not null && figure is null) return new TypedFigureNotFound();
        if (figure is not null && figure.Version != seen) return new TypedFigureChangedMeanwhile(figure.Name);
        if (all.Exists(f => f.Name == facts.Name && f.Id != id)) return new TypedFigureNameTaken(facts.Name);
        if (figure is null) work.Db.TypedFigures.Add(figure = new TypedFigure(from, until, team, facts, actor.Id, work.Now));
        else figure.Revise(facts, actor.Id, work.Now);
        await work.SaveAsync(null, ct);
        return figure.Id;
    }
}

/// <summary>Takes a typed figure out of its report; the audit keeps what it said.</summary>
public sealed class DropTypedFigure(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TypedFigureId id, long seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsStaff) return work.Denied(this, id);
        if (await work.Db.TypedFigures.FirstOrDefaultAsync(f => f.Id == id, ct) is not { } figure) return new TypedFigureNotFound();
        if (!(figure.TeamId is { } team ? work.Authority.MayLead(team) : work.Authority.IsCoordinator)) return work.Denied(this, id);
        if (figure.Version != seen) return new TypedFigureChangedMeanwhile(figure.Name);
        work.Db.TypedFigures.Remove(figure);
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>Whose report a scope is, for figures that are typed.</summary>
/// <param name="Team">The team; null for the whole community.</param>
/// <param name="MayRead">Whether the viewer sees what was typed there: figures of a part of the runs are counted only.</param>
internal readonly record struct TypedOwner(TeamId? Team, bool MayRead, bool MayType);

internal static class TypedFigureReads
{
    public static async Task<TypedOwner> TypedOwnerAsync(this HubTransaction read, ReportScope scope, CancellationToken ct)
    {
        if (scope.IsOfSomeRuns) return default;
        var code = scope.Team;
        TeamId? team = code is null
            ? read.Authority is { ReadsAll: false, Leads: { Count: 1 } leads } ? leads.Single() : null
            : await read.Db.Teams.Where(t => t.Code == code).Select(t => t.Id).FirstOrDefaultAsync(ct);
        if (team == default(TeamId)) return default;
        return team is { } one
            ? new(one, read.Authority.MayRead([one]), read.Authority.MayLead(one))
            : new(null, read.Authority.ReadsAll, read.Authority.IsCoordinator);
    }

    /// <summary>What was typed for a report, with the same of a year before.</summary>
    public static async Task<IReadOnlyList<TypedRow>> TypedAsync(this HubTransaction read, ReportScope scope, TypedOwner owner, CancellationToken ct)
    {
        if (!owner.MayRead) return [];
        var (team, from, until, last) = (owner.Team, scope.From, scope.Until, scope.AYearBefore());
        var (lastFrom, lastUntil) = (last.From, last.Until);
        var both = await read.Db.TypedFigures.Where(f => f.TeamId == team && (f.From == from && f.Until == until || f.From == lastFrom && f.Until == lastUntil)).ToListAsync(ct);
        var people = both.Select(f => f.TypedBy).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        return [.. both.Where(f => f.From == from && f.Until == until).OrderBy(f => f.Id.Value).Select(f => new TypedRow(
            f.Id, f.Name, f.Value, f.Unit, f.Source, both.Find(b => b.From == lastFrom && b.Until == lastUntil && (b.Name, b.Unit) == (f.Name, f.Unit))?.Value,
            names.GetValueOrDefault(f.TypedBy, ""), f.TypedAt, f.Version))];
    }
}
