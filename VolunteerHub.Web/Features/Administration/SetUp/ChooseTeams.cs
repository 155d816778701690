using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>The first set-up is over: teams are looked after on their own pages.</summary>
public sealed record SetUpFinished : Refusal;

/// <summary>A team that may be chosen.</summary>
public sealed class TeamRow
{
    /// <summary>Null for one that somebody added just now.</summary>
    public string? Code { get; init; }

    public string Name { get; set; } = "";

    public string Glyph { get; init; } = "";

    public string Colour { get; init; } = "";

    public ServiceLine? Line { get; init; }

    public bool NamedBySource { get; init; }

    /// <summary>Whether it is one of the eight that are offered.</summary>
    public bool Ready { get; init; }

    public bool Chosen { get; set; }

    /// <summary>The ready-made teams, then those of the community's own; while there are none, all of them are chosen.</summary>
    public static IReadOnlyList<TeamRow> For(IReadOnlyList<Team> teams) =>
    [
        .. ReadyTeam.All.Select(r => teams.FirstOrDefault(t => t.Code == r.Code) is { } team ? Of(team, ready: true) : Of(r.Make(r.Name, 0), ready: true, chosen: teams.Count == 0)),
        .. teams.Where(t => ReadyTeam.All.All(r => r.Code != t.Code)).Select(t => Of(t, ready: false)),
    ];

    private static TeamRow Of(Team team, bool ready, bool chosen = true) => new()
    {
        Code = team.Code, Name = team.Name, Glyph = team.Glyph, Colour = team.Colour, Line = team.Line, NamedBySource = team.NamedBySource, Ready = ready, Chosen = chosen,
    };
}

/// <summary>Each chosen team has a name of its own.</summary>
public sealed class TeamRowsValidator : AbstractValidator<IReadOnlyList<TeamRow>>
{
    public const int LongestName = 30;

    public TeamRowsValidator(IStringLocalizer<Texts> texts)
    {
        RuleForEach(rows => rows).Where(row => row.Chosen).ChildRules(row =>
        {
            row.RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["SetUp.Error.TeamName"]);
            row.RuleFor(r => r.Name).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        }).OverridePropertyName("Rows");
        RuleFor(rows => rows).Must(rows => rows.Any(r => r.Chosen)).OverridePropertyName("None").WithMessage(_ => texts["SetUp.Error.NoTeam"]);
    }
}

/// <summary>The coordinator of a new installation chooses its teams, renames them and adds others, as often as it takes.</summary>
public sealed class ChooseTeams(Hub hub)
{
    private const int LongestCode = 6;

    public async Task<Outcome> RunAsync(Actor actor, IReadOnlyList<TeamRow> rows, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        if (work.Community.SetUpAt is not null) return new SetUpFinished();
        var chosen = rows.Where(r => r.Chosen).ToList();
        if (chosen.GroupBy(r => r.Name.Trim()).FirstOrDefault(g => g.Count() > 1) is { } twice) return new TeamNameTaken(twice.Key);
        var teams = await work.Db.Teams.ToListAsync(ct);
        foreach (var gone in teams.FindAll(t => rows.Any(r => r.Code == t.Code && !r.Chosen)))
        {
            if (await InUseAsync(work, gone, ct) is { } refusal) return refusal;
            work.Db.Teams.Remove(gone);
        }

        var codes = teams.Select(t => t.Code).ToHashSet();
        foreach (var (order, row) in chosen.Index())
        {
            var name = row.Name.Trim();
            if (teams.Find(t => t.Code == row.Code) is { } team) team.Revise(name, team.Glyph, team.Colour, team.Line, team.About, order);
            else work.Db.Teams.Add(ReadyTeam.All.FirstOrDefault(r => r.Code == row.Code)?.Make(name, order) ?? Made(name, order, codes));
        }

        return await work.SavePeopleAsync(ct);
    }

    private static async Task<Refusal?> InUseAsync(HubTransaction work, Team team, CancellationToken ct)
    {
        var members = await work.Db.Memberships.CountAsync(m => m.TeamId == team.Id, ct);
        var runs = await work.Db.Runs.CountAsync(r => r.HostTeamId == team.Id, ct);
        return members + runs > 0 ? new TeamInUse(team.Name, members, runs) : null;
    }

    /// <summary>A team of the community's own: its code from the initials, its colour one of the eight.</summary>
    private static Team Made(string name, int order, HashSet<string> codes)
    {
        var initials = PersonNames.InitialsOf(name).ToLowerInvariant();
        var start = initials.Length == 0 ? "team" : initials[..Math.Min(LongestCode, initials.Length)];
        var code = start;
        for (var n = 2; !codes.Add(code); n++) code = $"{start}{n}";
        return new Team(code, name, name[..1], null, namedBySource: false, order, ReadyTeam.All[order % ReadyTeam.All.Count].Code);
    }
}
