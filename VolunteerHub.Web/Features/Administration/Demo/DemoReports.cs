using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>What came of the runs that are over, the partner units, and a visit to a home that lies ahead.</summary>
internal sealed class DemoReports(DemoData data, DemoCast cast, Random random, FieldProtector fields)
{
    private const int EveryOwed = 4;
    private const int OldDays = 16;

    /// <summary>Reports the runs that are over; of the last two weeks some are still owed.</summary>
    public void File(IReadOnlyList<ServiceRun> runs)
    {
        var over = runs.Where(r => r.Status == RunStatus.Published && r.EndsAt <= cast.Now.AddDays(-1)).OrderBy(r => r.EndsAt).ToList();
        foreach (var (order, run) in over.Index().Where(r => r.Item.EndsAt < cast.Now.AddDays(-OldDays) || r.Index % EveryOwed != 0))
        {
            var people = 12 + random.Next(50);
            var asked = random.Next(3) == 0 ? 0 : 8 + random.Next(12);
            var by = run.Assignments.FirstOrDefault(a => a.Status == AssignmentStatus.Accepted && run.Find(a.PostId)?.Post.IsLead == true)?.VolunteerId ?? default;
            var facts = new RunReportFacts(people, people + random.Next(people / 2), asked, Math.Max(0, asked - random.Next(2)), data.Outside.Summaries[order % data.Outside.Summaries.Count]);
            DemoRosters.Done(run.Complete(facts, by, run.EndsAt.AddHours(20)));
        }
    }

    /// <summary>The next visits lead into a home.</summary>
    public void Visit(IReadOnlyList<ServiceRun> runs)
    {
        if (runs.Where(r => r.Title == data.Outside.VisitTitle && r.StartsAt > cast.Now).MinBy(r => r.StartsAt) is { } visit)
            DemoRosters.Done(visit.VisitHome(true, fields.Protect(data.Outside.VisitAddress)));
    }

    /// <summary>Units with what they offer, and what they took on for a run ahead.</summary>
    public List<Partner> Partners(IReadOnlyList<ServiceRun> runs)
    {
        var partners = new List<Partner>();
        foreach (var said in data.Outside.Partners)
        {
            var partner = new Partner(new PartnerFacts(
                said.Name, said.Kind, said.Contact, fields.Protect(data.PhonePrefix + said.Tail),
                [.. said.Offers.Select(o => new PartnerOffer(o.Name, o.Note, o.OpenDays is { } days ? cast.Today.AddDays(days) : null))]));
            foreach (var claim in said.Claims)
            {
                // One of a run that is over was kept; one of a run ahead is still owed.
                var run = (claim.Kept ? runs.Where(r => r.EndsAt <= cast.Now) : runs.Where(r => r.StartsAt > cast.Now)).Where(r => r.Title == claim.Title).MinBy(r => Math.Abs((r.StartsAt - cast.Now).Ticks));
                if (run is null) continue;
                var at = run.StartsAt < cast.Now ? run.StartsAt.AddDays(-5) : cast.Now.AddDays(-2);
                var noted = partner.Claim(claim.What, run.Id, run.Assignments.Count > 0 ? run.Assignments[0].VolunteerId : default, at, cast.Today);
                DemoRosters.Done(noted.WithoutValue);
                if (claim.Kept) DemoRosters.Done(partner.Fulfil(noted.Value!.Id, true, run.EndsAt));
                run.Joined(partner.Id);
            }

            partners.Add(partner);
        }

        return partners;
    }
}
