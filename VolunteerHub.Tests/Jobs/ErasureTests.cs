using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Personal data goes when it has to; the record of service stays.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Actor _coordinator = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _health = await _hub.TeamAsync("health");
        _coordinator = await _hub.CoordinatorAsync();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Erasing_keeps_hours_and_removes_every_byte_of_the_rest()
    {
        var who = await _hub.VolunteerAsync("欧阳桂兰", _health, phone: "13804712266", pin: "2580", also: v =>
        {
            v.Describe(v.Profile with { Unit = "内蒙古国际蒙医医院", Skills = ["马头琴演奏"] });
            v.Keep(new PrivateData(_hub.Sealed("1958-03-12"), _hub.Sealed("新华街 8 号"), null, _hub.Sealed("老伴"), null));
            v.Qualify("蒙医执业医师", _hub.Today, null, "校对过原件的王主任");
            v.Tag("银铃宣讲团");
        });
        await _hub.AccountAsync(who);
        var (served, next) = (await RunAsync(who, 0), await RunAsync(who, 7));
        await _hub.InvitationAsync(next, who);
        _hub.GoTo(_hub.At("09:00"));
        await _hub.ArriveAsync(served, who);
        _hub.GoTo(_hub.At("11:00"));
        await _hub.LeaveAsync(served, who);
        await _hub.HoursAreFinalAsync();
        await _hub.ChangeAsync(db => db.WholeRun(next.Id).Answer(next.SeatOf(who).Id, false, "去北京给孙女看病", who.Id, false, _hub.Now, DutyPolicy.Default, []));
        await PapersAsync(who, next.Id);

        var said = (await _hub.Get<ErasureConsequences>().LoadAsync(_coordinator, who.Id)).Value!;
        Assert.Equal(("欧**兰", who.Number, 1, TimeSpan.FromHours(2)), (said.MaskedName, said.Number, said.Runs, said.Hours));
        Assert.False((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, who.Id)).Refused);

        var view = await _hub.RecordAsync(_coordinator, who.Id);
        Assert.Equal(("欧**兰", who.Number, TimeSpan.FromHours(2), false), (view.Name, view.Number, view.Hours, view.May.Change));
        Assert.NotNull(view.ErasedAt);
        foreach (var table in new[] { "AspNetUsers WHERE VolunteerId<>'" + _coordinator.Id.ToString().ToUpperInvariant() + "'", "RememberedPhones", "OneUseLinks", "InvitationLinks", "SavedFilters", "JoinApplications", "PinFailures", "ImportedRows WHERE Before IS NOT NULL", "Lendings WHERE Note IS NOT NULL" })
            Assert.Equal((table, 0L), (table, await _hub.CountAsync(table)));
        Assert.Null(await _hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id && m.Until == null).FirstOrDefaultAsync()));
        Assert.Single(await _hub.AuditAsync(who.Id, AuditActions.Erased));

        await _hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await _hub.AskAsync("VACUUM");
        await _hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = await File.ReadAllBytesAsync(_hub.Directory.Database);
        var phone = who.Phone!;
        // Ciphers and indexes go as well as what is in clear. The audit has what it had: names in it are masked.
        foreach (var gone in new[] { "欧阳桂兰", phone.Cipher, phone.WholeIndex, who.BornOn!.Cipher, who.Address!.Cipher, who.EmergencyContact!.Cipher, who.PinHash!, "import-before" })
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(gone)) < 0, gone);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(who.Number)) >= 0);
    }

    [Fact]
    public async Task The_audit_of_an_erasure_does_not_repeat_what_goes()
    {
        var who = await _hub.VolunteerAsync("李娜", _health, also: v =>
        {
            v.Describe(v.Profile with { Unit = "蒙医医院", Skills = ["马头琴"], Political = PoliticalStatus.OtherParty, Sex = Sex.Female });
            v.Qualify("护士", _hub.Today, null, "王主任看过");
            v.Tag("银铃");
        });
        var before = await _hub.LookAsync(db => db.AuditLines.MaxAsync(l => l.Id));
        await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, who.Id);
        var lines = string.Concat(await _hub.LookAsync(db => db.AuditLines.Where(l => l.Id > before).Select(l => l.Changes).ToListAsync()));
        Assert.Contains("•••", lines, StringComparison.Ordinal);
        Assert.All(["蒙医医院", "马头琴", "王主任", "李娜", "OtherParty", "Female"], word => Assert.DoesNotContain(word, lines, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_signed_in_or_the_last_coordinator_is_not_erased_and_nobody_twice()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        var run = await RunAsync(who, 0);
        await _hub.ArriveAsync(run, who);
        Assert.IsType<StillSignedIn>((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, who.Id)).Refusal);
        Assert.IsType<StillSignedIn>((await _hub.Get<ErasureConsequences>().LoadAsync(_coordinator, who.Id)).Refusal);
        Assert.IsType<LastCoordinator>((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, _coordinator.Id)).Refusal);
        Assert.IsType<VolunteerNotFound>((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, VolunteerHub.Domain.Common.VolunteerId.New())).Refusal);
        await _hub.LeaveAsync(run, who);
        Assert.False((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, who.Id)).Refused);
        Assert.IsType<VolunteerErased>((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, who.Id)).Refusal);
        Assert.IsType<VolunteerErased>((await _hub.Get<ErasureConsequences>().LoadAsync(_coordinator, who.Id)).Refusal);
    }

    [Fact]
    public async Task A_duplicate_that_was_merged_goes_with_the_record()
    {
        var (who, duplicate) = (await _hub.VolunteerAsync("张桂兰", _health), await _hub.VolunteerAsync("张桂芝", _health));
        await _hub.Get<VolunteerHub.Web.Features.Volunteers.Merging.MergeVolunteers>().RunAsync(_coordinator, who.Id, duplicate.Id);
        await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, who.Id);
        var stored = await _hub.StoredAsync(duplicate);
        Assert.Equal(("张*芝", true), (stored.Name, stored.ErasedAt is not null));
    }

    [Fact]
    public async Task Whose_record_was_kept_long_enough_is_listed()
    {
        var (old, recent, gone) = (await _hub.VolunteerAsync("老张"), await _hub.VolunteerAsync("小李"), await _hub.VolunteerAsync("老王"));
        await _hub.ChangeAsync(old, v => v.Leave(_hub.Today.AddYears(-10).AddDays(-1)));
        await _hub.ChangeAsync(recent, v => v.Leave(_hub.Today.AddYears(-10)));
        await _hub.ChangeAsync(gone, v =>
        {
            v.Leave(_hub.Today.AddYears(-12));
            v.Erase(_hub.Now, _hub.Today);
        });
        var list = (await _hub.Get<RetentionList>().LoadAsync(_coordinator)).Value!;
        Assert.Equal([old.Id], list.Due.Select(d => d.Id));
        Assert.Equal((10, 0), (list.Years, list.More));
        await _hub.ChangeAsync(db => db.Communities.Single().Adopt(PrivacyPolicy.Default with { RetentionYears = 11 }));
        Assert.Empty((await _hub.Get<RetentionList>().LoadAsync(_coordinator)).Value!.Due);
    }

    private Task PapersAsync(Volunteer who, VolunteerHub.Domain.Common.RunId run) => _hub.ChangeAsync(db =>
    {
        db.RememberedPhones.Add(new RememberedPhone(who.Id, "phone", _hub.Now));
        db.OneUseLinks.Add(new OneUseLink(LinkUse.Welcome, "link", null, _hub.Now, _hub.Now.AddDays(1), who.Id));
        db.SavedFilters.Add(new SavedFilter(who.Id, "我的", "team=health"));
        db.PinFailures.Add(new PinFailures(run, who.Id));
        db.Lendings.Add(Lending.Offer(who.Id, run, _health.Id, _health.Id, _coordinator.Id, _hub.Now, "腿脚不好，请照顾"));
        db.JoinApplications.Add(new JoinApplication(new Applicant("欧阳桂兰", who.Phone! with { }, null, null, [], [], [], "想参加", []), null, _hub.Now));
        var batch = new ImportBatch("people.xlsx", _coordinator.Id, _hub.Now, 1, 0);
        db.ImportBatches.Add(batch);
        db.ImportedRows.Add(new ImportedRow(batch.Id, 2, who.Id, ImportEffect.Updated, "import-before"));
    });

    private Task<VolunteerHub.Domain.Runs.ServiceRun> RunAsync(Volunteer who, int days) => _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", who)) { Day = _hub.Today.AddDays(days) });
}
