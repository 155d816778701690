using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Administration.Settings;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Templates;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>The four steps of the first set-up.</summary>
public enum SetUpStep
{
    Community,
    Teams,
    People,
    FirstRun,
}

/// <summary>Somebody who was entered.</summary>
public sealed record EnteredPerson(VolunteerId Id, string Number, string Name, string? Phone, string? Team, TeamRole? Role, bool HasAccount);

/// <summary>
/// How far the first set-up is: read off the records themselves, so that it goes on after a pause, or a restart, where it
/// stood.
/// </summary>
/// <param name="Finished">Whether it was finished.</param>
/// <param name="Done">Steps of which something is there.</param>
/// <param name="Settings">As they are now.</param>
/// <param name="Teams">The ready-made teams and those that are there.</param>
/// <param name="People">Who was entered last, newest first.</param>
/// <param name="Count">How many volunteers there are.</param>
/// <param name="Sites">Where runs can take place.</param>
/// <param name="Runs">How many runs there are.</param>
public sealed record SetUpView(
    bool Finished, IReadOnlySet<SetUpStep> Done, SettingsForm Settings, IReadOnlyList<TeamRow> Teams,
    IReadOnlyList<EnteredPerson> People, int Count, IReadOnlyList<SiteChoice> Sites, int Runs)
{
    /// <summary>The first step of which nothing is there; the last one where all are done.</summary>
    public SetUpStep Next => Enum.GetValues<SetUpStep>().FirstOrDefault(s => !Done.Contains(s), SetUpStep.FirstRun);
}

/// <summary>Shows the first set-up to the coordinator.</summary>
public sealed class SetUpProgress(Hub hub, PhoneProtector phones, IStringLocalizer<Texts> texts)
{
    private const int PeopleShown = 30;

    public async Task<Outcome<SetUpView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.MayAdminister) return read.Denied(this);
        var teams = (await read.Db.Teams.ToListAsync(ct)).OrderBy(t => t.Order).ToList();
        var people = await (from v in read.Db.Volunteers
                            join m in read.Db.Memberships on v.Id equals m.VolunteerId into places
                            from place in places.DefaultIfEmpty()
                            orderby v.Id descending
                            select new { Who = v, HasAccount = read.Db.Users.Any(a => a.VolunteerId == v.Id), Team = (TeamId?)place!.TeamId, Role = (TeamRole?)place.Role }).Take(PeopleShown).ToListAsync(ct);
        var count = await read.Db.Volunteers.CountAsync(v => v.MergedInto == null && v.ErasedAt == null, ct);
        var sites = await read.Db.Sites.OrderBy(s => s.Id).Select(s => new SiteChoice(s.Id, s.Name, s.IsArchived)).ToListAsync(ct);
        var runs = await read.Db.Runs.CountAsync(ct);
        var done = new HashSet<SetUpStep>();
        if (read.Community.Name != texts["Install.CommunityName"]) done.Add(SetUpStep.Community);
        if (teams.Count > 0) done.Add(SetUpStep.Teams);
        // The coordinator alone is nobody to plan with.
        if (count > 1) done.Add(SetUpStep.People);
        if (runs > 0) done.Add(SetUpStep.FirstRun);
        return new SetUpView(
            read.Community.SetUpAt is not null, done, SettingsForm.Of(read.Community), TeamRow.For(teams),
            [.. people.Select(p => new EnteredPerson(p.Who.Id, p.Who.Number, p.Who.Name, phones.Masked(p.Who.Phone), teams.Find(t => t.Id == p.Team)?.Name, p.Role, p.HasAccount))],
            count, sites, runs);
    }
}

/// <summary>The coordinator ends the first set-up; what is missing can be added on the usual pages.</summary>
public sealed class FinishSetUp(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        work.Community.FinishSetUp(work.Now);
        // Nobody has to invent the first one.
        await AddReadyTemplates.AddAsync(work, ct);
        return await work.SavePeopleAsync(ct);
    }
}
