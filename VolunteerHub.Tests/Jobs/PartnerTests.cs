using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Partners;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Visits;
using VolunteerHub.Web.Features.Rosters;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Partner units: what they offer, what they took on, their guests on posts; and visits to homes.</summary>
public sealed class PartnerTests
{
    [Fact]
    public async Task The_number_of_a_contact_is_kept_sealed_masked_on_the_page_and_hidden_from_leaders_and_the_audit()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var form = new PartnerForm { Name = "和平路派出所", Kind = PartnerKind.Stationed, ContactName = "高所长", ContactPhone = "139 0470 1188" };
        var id = (await hub.Get<SavePartner>().RunAsync(cast.Coordinator, null, form)).Value;
        Assert.Equal("139****1188", View(await hub.Get<PartnerList>().LoadAsync(cast.Coordinator)).ContactPhone);
        Assert.Null(View(await hub.Get<PartnerList>().LoadAsync(cast.LeaderOfHealth)).ContactPhone);
        Assert.Equal("13904701188", (await hub.Get<RevealPartnerPhone>().RunAsync(cast.Auditor, id)).Value);
        var lines = await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(Partner)).ToListAsync());
        Assert.Contains(lines, l => l.Action == "Revealed" && l.ActorId == cast.Auditor.Id.Value);
        Assert.DoesNotContain(lines, l => l.Changes.Contains("1188", StringComparison.Ordinal) || l.Changes.Contains("高所长", StringComparison.Ordinal));
        Assert.Equal(0, await hub.CountAsync("Partners WHERE ContactPhone LIKE '%1188%'"));

        PartnerView View(Outcome<PartnerListView> list) => list.Value!.Partners.Single(p => p.Id == id);
    }

    [Fact]
    public async Task A_number_that_is_not_typed_again_stays_and_one_that_is_forgotten_goes()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<SavePartner>().RunAsync(cast.Coordinator, cast.Partner.Id, new PartnerForm { Name = "卫生服务站" });
        Assert.Equal("13904705678", (await hub.Get<RevealPartnerPhone>().RunAsync(cast.Coordinator, cast.Partner.Id)).Value);
        await hub.Get<SavePartner>().RunAsync(cast.Coordinator, cast.Partner.Id, new PartnerForm { Name = "卫生服务站", ForgetPhone = true });
        Assert.True((await hub.Get<RevealPartnerPhone>().RunAsync(cast.Coordinator, cast.Partner.Id)).Refused);
    }

    [Fact]
    public async Task Two_partners_do_not_have_one_name()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.Equal(new PartnerNameTaken("红石榴社区卫生服务站"), (await hub.Get<SavePartner>().RunAsync(cast.Coordinator, null, new PartnerForm { Name = " 红石榴社区卫生服务站 " })).Refusal);
    }

    [Fact]
    public async Task What_is_claimed_for_a_run_puts_the_partner_on_it_and_is_kept_or_taken_out()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (id, run) = (cast.Partner.Id, cast.Next);
        Assert.False((await hub.Get<RecordClaim>().RunAsync(cast.LeaderOfHealth, id, "义诊医生", run.Id)).Refused);
        Assert.Equal(new AlreadyClaimed("红石榴社区卫生服务站", "义诊医生"), (await hub.Get<RecordClaim>().RunAsync(cast.LeaderOfHealth, id, "义诊医生", run.Id)).Refusal);
        Assert.Equal([id], (await hub.LoadAsync(run.Id)).PartnerIds);
        var claim = (await hub.Get<PartnerList>().LoadAsync(cast.LeaderOfHealth)).Value!.Partners.Single(p => p.Id == id).Claims.First(c => c.RunId == run.Id);
        Assert.False((await hub.Get<FulfilClaim>().RunAsync(cast.LeaderOfHealth, id, claim.Id, true)).Refused);
        Assert.NotNull(await hub.LookAsync(db => db.Partners.Where(p => p.Id == id).SelectMany(p => p.Claims).Where(c => c.Id == claim.Id).Select(c => c.FulfilledAt).SingleAsync()));
        Assert.False((await hub.Get<DropClaim>().RunAsync(cast.LeaderOfHealth, id, claim.Id)).Refused);
        Assert.Equal(new ClaimNotFound(), (await hub.Get<DropClaim>().RunAsync(cast.Coordinator, id, claim.Id)).Refusal);
    }

    [Fact]
    public async Task An_offer_that_has_ended_and_a_unit_that_takes_no_part_any_more_are_not_claimed()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var yesterday = hub.Today.AddDays(-1);
        var form = new PartnerForm { Name = "卫生服务站", Offers = { new OfferForm { Name = "会议室", OpenUntil = yesterday.ToDateTime(TimeOnly.MinValue) } } };
        await hub.Get<SavePartner>().RunAsync(cast.Coordinator, cast.Partner.Id, form);
        Assert.Equal(new OfferHasEnded("会议室", yesterday), (await hub.Get<RecordClaim>().RunAsync(cast.Coordinator, cast.Partner.Id, "会议室", null)).Refusal);
        await hub.Get<ArchivePartner>().RunAsync(cast.Coordinator, cast.Partner.Id, true);
        Assert.Equal(new PartnerIsArchived("卫生服务站"), (await hub.Get<RecordClaim>().RunAsync(cast.Coordinator, cast.Partner.Id, "横幅", null)).Refusal);
    }

    [Fact]
    public async Task A_guest_of_a_partner_unit_is_put_on_a_post_and_the_board_names_the_unit()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var officer = await hub.VolunteerAsync("高警官", kind: VolunteerKind.Guest, also: v => v.WorksAt("和平路派出所"));
        var post = cast.Next.PostNamed("引导").Id;
        Assert.Contains((await hub.Get<RankedCandidates>().LoadAsync(cast.LeaderOfHealth, cast.Next.Id, post)).Value!.People, p => p.Id == officer.Id && p.IsEligible);
        Assert.False((await hub.Get<AssignVolunteer>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, post, officer.Id)).Refused);
        var board = (await hub.Get<RosterBoard>().LoadAsync(cast.LeaderOfHealth, cast.Next.Id)).Value!;
        Assert.Equal("和平路派出所", board.Shifts.SelectMany(s => s.Posts).SelectMany(p => p.Seats).Single(s => s.VolunteerId == officer.Id).GuestOf);
        Assert.All(board.Shifts.SelectMany(s => s.Posts).SelectMany(p => p.Seats).Where(s => s.VolunteerId != officer.Id), s => Assert.Null(s.GuestOf));
    }

    [Fact]
    public async Task Partners_of_a_run_stand_on_the_board_and_on_the_duty_and_a_plan_that_does_not_name_them_leaves_them()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var plan = cast.Next.AsPlan() with { PartnerIds = [cast.Partner.Id] };
        Assert.False((await hub.Get<PlanRun>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, plan, cast.Next.PlanVersion)).Refused);
        Assert.False((await hub.Get<PlanRun>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, plan with { PartnerIds = null }, cast.Next.PlanVersion + 1)).Refused);
        Assert.Equal(["红石榴社区卫生服务站"], (await hub.Get<RosterBoard>().LoadAsync(cast.LeaderOfHealth, cast.Next.Id)).Value!.Partners);
        await hub.PublishAsync(cast.LeaderOfHealth, cast.Next.Id, cast.Next.DraftIds());
        var duty = (await hub.Get<MyPageData>().LoadAsync(cast.Volunteer)).Value!.Duties.Single(d => d.Id == cast.Next.SeatOf(cast.OnRoster).Id);
        Assert.Equal(["红石榴社区卫生服务站"], duty.Partners);
    }

    [Fact]
    public async Task Where_a_visit_goes_is_told_to_those_on_duty_alone_and_stands_nowhere_in_clear()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        const string address = "和平路 12 号 3 单元 201";
        Assert.False((await hub.Get<SetHomeVisit>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, true, address)).Refused);
        // Ten minutes before the run: who said yes reads it, who is asked for another run does not.
        Assert.Equal(address, Duty(await hub.Get<MyPageData>().LoadAsync(cast.Volunteer)).VisitAddress);
        await hub.ChangeAsync(db => db.WholeRun(cast.Run.Id).Answer(cast.Run.SeatOf(cast.OnRoster).Id, false, "来电", cast.OnRoster.Id, true, hub.Now, DutyPolicy.Default, []));
        var declined = Duty(await hub.Get<MyPageData>().LoadAsync(cast.Volunteer));
        Assert.Equal((true, null), (declined.IsHomeVisit, declined.VisitAddress));

        Assert.Equal(address, (await hub.Get<RevealVisitAddress>().RunAsync(cast.DeputyOfHealth, cast.Run.Id)).Value);
        Assert.Equal(0, await hub.CountAsync($"Runs WHERE VisitAddress LIKE '%201%' OR MeetAt LIKE '%201%'"));
        Assert.Equal(0, await hub.CountAsync("AuditLines WHERE Changes LIKE '%3 单元%'"));
        Assert.Equal(1, await hub.CountAsync("AuditLines WHERE Action='Revealed' AND Subject='ServiceRun'"));

        DutyView Duty(Outcome<MyPageView> page) => page.Value!.Duties.Single(d => d.Id == cast.Run.SeatOf(cast.OnRoster).Id);
    }
}
