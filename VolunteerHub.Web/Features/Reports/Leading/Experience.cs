using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>How many people have served how often.</summary>
/// <param name="None">Never.</param>
/// <param name="Few">Once or twice.</param>
/// <param name="Some">Three to nine times.</param>
/// <param name="Many">Ten times or more.</param>
public sealed record Ladder(int None, int Few, int Some, int Many)
{
    public int People => None + Few + Some + Many;

    internal static Ladder Of(IEnumerable<int> times)
    {
        var counts = times.ToList();
        return new(counts.Count(n => n == 0), counts.Count(n => n is 1 or 2), counts.Count(n => n is >= 3 and <= 9), counts.Count(n => n >= 10));
    }
}

/// <summary>Somebody who is new, or who could lead next.</summary>
/// <param name="Runs">How often the person has served.</param>
/// <param name="Led">How often on a lead post.</param>
/// <param name="Qualifications">Valid today.</param>
public sealed record PipelineRow(VolunteerId Id, string Name, string Number, string Team, DateOnly Since, int Runs, int Led, IReadOnlyList<string> Qualifications);

/// <summary>A post that one or two people carry alone.</summary>
/// <param name="Times">At how many runs it was filled by somebody who came.</param>
public sealed record NarrowPost(string Team, string Post, int Times, IReadOnlyList<(VolunteerId Id, string Name)> People);

/// <param name="Teams">Members by how often they served for the team.</param>
/// <param name="Lines">Members by how often they served in the line.</param>
public sealed record ExperienceView(
    ReportScope Scope, Ladder Whole, IReadOnlyList<(string Team, Ladder Of)> Teams, IReadOnlyList<(ServiceLine Line, Ladder Of)> Lines, IReadOnlyList<PipelineRow> New, IReadOnlyList<PipelineRow> Next, IReadOnlyList<NarrowPost> Narrow);

/// <summary>梯队: how experience is spread, who is new, who could lead next, and which posts hang on one or two people.</summary>
public sealed class Experience(Hub hub)
{
    /// <summary>A post that was filled less often tells nothing yet.</summary>
    private const int NarrowFrom = 3;

    private const int NarrowPeople = 2;
    private const int NextShown = 10;

    public async Task<Outcome<ExperienceView>> LoadAsync(Actor actor, ReportScope scope, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.LeadingFactsAsync(this, scope, ct);
        if (found.Refused) return found.Refusal;
        var facts = found.Value;
        var teams = await read.ReportTeamsAsync(scope, ct);
        var served = (await ServiceFacts.ServedAsync(read, scope, teams, ct)).Where(s => s.Start <= facts.Now).ToList();
        var (ever, byTeam, byLine) = (served.CountBy(s => s.Who).ToDictionary(), served.CountBy(s => (s.Who, s.Team)).ToDictionary(), served.Where(s => s.Line is not null).CountBy(s => (s.Who, s.Line!.Value)).ToDictionary());
        var held = await QualificationsAsync(read, ct);
        var led = await LedAsync(read, served, ct);
        var known = facts.Members.Select(m => (Member: m, Row: new PipelineRow(
            m.Id, m.Name, m.Number, facts.TeamOf(m.Teams[0]).Name, m.Since, ever.GetValueOrDefault(m.Id), led.GetValueOrDefault(m.Id), [.. held[m.Id].Order(StringComparer.Ordinal)]))).ToList();
        var enough = read.Community.Duty.ExperiencedFrom;
        return new ExperienceView(
            scope, Ladder.Of(facts.Members.Select(m => ever.GetValueOrDefault(m.Id))),
            [.. facts.Teams.Where(t => facts.Members.Any(m => m.Teams.Contains(t.Id))).Select(t => (t.Name, Ladder.Of(facts.Members.Where(m => m.Teams.Contains(t.Id)).Select(m => byTeam.GetValueOrDefault((m.Id, t.Id))))))],
            [.. Enum.GetValues<ServiceLine>().Where(l => scope.Line is null || scope.Line == l).Select(l => (l, Ladder.Of(facts.Members.Select(m => byLine.GetValueOrDefault((m.Id, l))))))],
            [.. known.Where(k => k.Member.Since >= scope.From && k.Member.Since <= scope.Until).Select(k => k.Row).OrderByDescending(r => r.Since).ThenBy(r => r.Number, StringComparer.Ordinal)],
            [.. known.Where(k => k.Member.Leads.Count == 0 && (k.Row.Runs >= enough || k.Row.Led > 0)).Select(k => k.Row).GroupBy(r => r.Team)
                .SelectMany(g => g.OrderByDescending(r => r.Led).ThenByDescending(r => r.Runs).ThenBy(r => r.Number, StringComparer.Ordinal).Take(NextShown))],
            Narrow(facts));
    }

    private static List<NarrowPost> Narrow(ServiceFacts facts)
    {
        var (runs, posts) = (facts.Past.ToDictionary(r => r.Id), facts.Posts.ToDictionary(p => p.Id));
        return [.. facts.Seats.Where(s => runs.ContainsKey(s.Run) && posts.ContainsKey(s.Post) && facts.Served(s.Run, s.Who))
            .GroupBy(s => (runs[s.Run].Team, posts[s.Post].Name))
            .Select(g => (g.Key, Times: g.Select(s => s.Run).Distinct().Count(), Who: g.CountBy(s => s.Who).OrderByDescending(w => w.Value).Select(w => w.Key).ToList()))
            .Where(g => g.Times >= NarrowFrom && g.Who.Count <= NarrowPeople)
            .Select(g => new NarrowPost(facts.TeamOf(g.Key.Team).Name, g.Key.Name, g.Times, [.. g.Who.Select(w => (w, facts.Names[w].Name))]))
            .OrderBy(n => n.People.Count).ThenByDescending(n => n.Times).ThenBy(n => n.Post, StringComparer.Ordinal)];
    }

    private static async Task<ILookup<VolunteerId, string>> QualificationsAsync(HubTransaction read, CancellationToken ct)
    {
        var today = read.Today;
        return (await read.Db.Volunteers.SelectMany(v => v.Qualifications, (v, q) => new { v.Id, q.Kind, q.From, q.Until }).Where(q => q.From <= today && (q.Until == null || today <= q.Until)).ToListAsync(ct))
            .DistinctBy(q => (q.Id, q.Kind)).ToLookup(q => q.Id, q => q.Kind);
    }

    /// <summary>How often people held a lead post and came.</summary>
    private static async Task<Dictionary<VolunteerId, int>> LedAsync(HubTransaction read, List<ServedPart> served, CancellationToken ct)
    {
        var came = served.Select(s => (s.Run, s.Who)).ToHashSet();
        var leads = await (from a in read.Db.Assignments join p in read.Db.Set<Post>() on a.PostId equals p.Id where p.IsLead select new { a.RunId, a.VolunteerId, a.Status }).ToListAsync(ct);
        return leads.Where(a => Domain.Rosters.Assignment.OnPublishedRoster(a.Status) && came.Contains((a.RunId, a.VolunteerId))).Select(a => (a.RunId, a.VolunteerId)).Distinct().CountBy(a => a.VolunteerId).ToDictionary();
    }
}
