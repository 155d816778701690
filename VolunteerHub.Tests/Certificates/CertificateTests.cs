using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Certificates;

namespace VolunteerHub.Tests.Certificates;

/// <summary>志愿服务记录证明: asked for, issued, confirmed to strangers, corrected under, withdrawn.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private static readonly CertificateTerms All = new(null, null, "王芳", "赵经办", "0477-8881234");

    private TestHub _hub = null!;
    private TestCast _cast = null!;

    private Volunteer Na => _cast.OnRoster;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Only_final_hours_are_certified_and_the_numbers_run_and_are_not_used_again()
    {
        Assert.IsType<NothingToCertify>((await IssueAsync(All)).Refusal);
        await ServedAsync(TimeSpan.FromHours(2));
        await ServedAsync(TimeSpan.FromHours(50), status: HourStatus.InPublicity);
        Assert.IsType<CertificateNamesMissing>((await IssueAsync(All with { Contact = " " })).Refusal);
        var first = await PaperAsync((await IssueAsync(All)).Value);
        await ServedAsync(TimeSpan.FromMinutes(90));
        var second = await PaperAsync((await IssueAsync(All)).Value);
        Assert.Equal(("ZM2026-0001", 7200L, "ZM2026-0002", 12600L), (first.Number, first.Statement.Seconds, second.Number, second.Statement.Seconds));
        Assert.Equal((Na.Name, Na.Number, "王芳", "赵经办", _hub.Today), (first.Statement.Name, first.Statement.VolunteerNumber, first.Statement.InCharge, first.Statement.Handler, first.Statement.IssuedOn));
        var line = Assert.Single(second.Statement.Lines);
        Assert.Equal((_cast.Health.Line, 12600L, 2), (line.Line, line.Seconds, line.Runs));
        // As it was issued it stays.
        Assert.Equal(7200L, (await PaperAsync(first.Id)).Statement.Seconds);
        Assert.Equal(2, await _hub.CountAsync("Notices WHERE Kind='CertificateIssued'"));
    }

    [Fact]
    public async Task The_first_and_the_last_day_of_service_are_written_down_and_a_name_that_comes_again_is_not_left_out()
    {
        await ServedAsync(TimeSpan.FromHours(1), daysAgo: 40);
        await ServedAsync(TimeSpan.FromHours(2), daysAgo: 10);
        var statement = (await PaperAsync((await IssueAsync(All)).Value)).Statement;
        Assert.Equal((_hub.Today.AddDays(-40), _hub.Today.AddDays(-10)), (statement.FirstServed!.Value, statement.LastServed!.Value));
        var line = Assert.Single(statement.Lines);
        Assert.False(line.LeavesOut());
        Assert.True((line with { AllTitles = line.Titles.Count + 1 }).LeavesOut());
        // What was issued before names were counted: six may be all, and fewer always are.
        Assert.False((line with { AllTitles = null, Runs = 9 }).LeavesOut());
        Assert.True((line with { AllTitles = null, Runs = 9, Titles = ["1", "2", "3", "4", "5", "6"] }).LeavesOut());
    }

    [Fact]
    public async Task What_is_shown_before_a_certificate_is_issued_is_what_it_then_says()
    {
        Assert.Equal(new CertificateDraftView(0, 0, null, null), (await DraftAsync(All)).Value);
        await ServedAsync(TimeSpan.FromHours(1), daysAgo: 40);
        await ServedAsync(TimeSpan.FromHours(2), daysAgo: 10);
        await ServedAsync(TimeSpan.FromHours(50), status: HourStatus.InPublicity);
        foreach (var terms in new[] { All, All with { From = _hub.Today.AddDays(-10) }, All with { Until = _hub.Today.AddDays(-11) } })
        {
            var shown = (await DraftAsync(terms)).Value!;
            var said = (await PaperAsync((await IssueAsync(terms)).Value)).Statement;
            Assert.Equal((said.Seconds, said.Lines.Sum(l => l.Runs), said.FirstServed, said.LastServed), (shown.Seconds, shown.Runs, shown.First, shown.Last));
        }

        Assert.IsType<CertificatePeriodWrong>((await DraftAsync(All with { From = _hub.Today, Until = _hub.Today.AddDays(-1) })).Refusal);

        Task<Outcome<CertificateDraftView>> DraftAsync(CertificateTerms terms) => _hub.Get<CertificateDraft>().LoadAsync(_cast.Coordinator, Na.Id, terms.From, terms.Until);
    }

    [Fact]
    public async Task A_period_takes_in_the_runs_of_its_days_and_no_others()
    {
        await ServedAsync(TimeSpan.FromHours(1), daysAgo: 40);
        await ServedAsync(TimeSpan.FromHours(2), daysAgo: 10);
        var since = All with { From = _hub.Today.AddDays(-10), Until = _hub.Today.AddDays(-10) };
        Assert.Equal(7200L, (await PaperAsync((await IssueAsync(since)).Value)).Statement.Seconds);
        Assert.IsType<NothingToCertify>((await IssueAsync(since with { Until = _hub.Today.AddDays(-9), From = _hub.Today.AddDays(-9) })).Refusal);
        Assert.IsType<CertificatePeriodWrong>((await IssueAsync(since with { Until = _hub.Today.AddDays(-20) })).Refusal);
    }

    [Fact]
    public async Task A_volunteer_asks_once_the_coordinator_hears_of_it_and_issues_or_declines_it()
    {
        var (ask, own) = (_hub.Get<AskForCertificate>(), _hub.Get<OwnCertificates>());
        Assert.IsType<NothingToCertify>((await ask.RunAsync(_cast.Volunteer, null, null, null)).Refusal);
        await ServedAsync(TimeSpan.FromHours(2));
        Assert.True((await own.LoadAsync(_cast.Volunteer)).Value!.MayAsk);
        Assert.False((await ask.RunAsync(_cast.Volunteer, null, null, "升学")).Refused);
        Assert.IsType<CertificateAskedAlready>((await ask.RunAsync(_cast.Volunteer, null, null, null)).Refusal);
        Assert.Equal(_cast.Coordinator.Id, (await _hub.LookAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.CertificateAsked))).VolunteerId);
        var asked = Assert.Single((await RegisterAsync(null, CertificateStatus.Asked)).Rows);
        Assert.Equal((Na.Name, "升学"), (asked.Name, asked.Purpose));
        Assert.IsType<CertificateWhyMissing>((await _hub.Get<DeclineCertificate>().RunAsync(_cast.Coordinator, asked.Id, "")).Refusal);
        Assert.False((await _hub.Get<DeclineCertificate>().RunAsync(_cast.Coordinator, asked.Id, "请先补全档案")).Refused);
        Assert.Equal("请先补全档案", Assert.Single((await own.LoadAsync(_cast.Volunteer)).Value!.Rows).Because);
        await ask.RunAsync(_cast.Volunteer, null, null, null);
        var again = Assert.Single((await RegisterAsync(null, CertificateStatus.Asked)).Rows);
        Assert.False((await _hub.Get<IssueCertificate>().RunAsync(_cast.Coordinator, Na.Id, again.Id, All)).Refused);
        Assert.Equal(new CertificateDecided(CertificateStatus.Issued), (await _hub.Get<IssueCertificate>().RunAsync(_cast.Coordinator, Na.Id, again.Id, All)).Refusal);
        // A refused issue spends no number.
        Assert.Equal("ZM2026-0001", Assert.Single((await RegisterAsync("ZM2026", null)).Rows).Number);
        Assert.Empty((await RegisterAsync("没有这个人", null)).Rows);
    }

    [Fact]
    public async Task Whoever_has_the_code_is_told_what_was_issued_with_a_masked_name_and_what_became_of_it()
    {
        var entry = await ServedAsync(TimeSpan.FromHours(2));
        var id = (await IssueAsync(All)).Value;
        var paper = await PaperAsync(id);
        Assert.Equal(19, CertificateCode.Shown(paper.Code).Length);
        Assert.Equal(0, await _hub.CountAsync($"Certificates WHERE CodeHash LIKE '%{paper.Code}%' OR Code LIKE '%{paper.Code}%'"));
        var seen = await VerifiedAsync(CertificateCode.Shown(paper.Code).ToLowerInvariant().Replace('-', ' '));
        Assert.Equal((paper.Number, MaskedName.Of(Na.Name), 7200L, null, null), (seen.Number, seen.Name, seen.Statement.Seconds, seen.WithdrawnAt, seen.CorrectedAt));
        foreach (var guess in new[] { "", "nothing", CertificateCode.New(), paper.Number })
            Assert.IsType<CertificateNotFound>((await _hub.Get<VerifyCertificate>().LoadAsync(guess)).Refusal);
        await _hub.ChangeAsync(db => db.Volunteers.Include(v => v.Consents).Single(v => v.Id == Na.Id).Agree(ConsentPurpose.PublicName, ConsentWay.Paper, Na.Id, _hub.Now));
        Assert.Equal(Na.Name, (await VerifiedAsync(paper.Code)).Name);

        // The hours under it are corrected: the certificate says what it said, and the page says so.
        _hub.Clock.Advance(TimeSpan.FromDays(3));
        await CorrectedAsync(entry, TimeSpan.FromMinutes(-30));
        var corrected = await VerifiedAsync(paper.Code);
        Assert.Equal((7200L, _hub.Now, TimeSpan.FromMinutes(90)), (corrected.Statement.Seconds, corrected.CorrectedAt!.Value, corrected.Now));
        Assert.True(Assert.Single((await RegisterAsync(null, null)).Rows).IsCorrected);
        Assert.Equal(5400L, (await PaperAsync((await IssueAsync(All)).Value)).Statement.Seconds);

        Assert.IsType<CertificateWhyMissing>((await _hub.Get<WithdrawCertificate>().RunAsync(_cast.Coordinator, id, " ")).Refusal);
        Assert.False((await _hub.Get<WithdrawCertificate>().RunAsync(_cast.Coordinator, id, "时长更正后另发")).Refused);
        Assert.Equal((_hub.Now, "时长更正后另发"), (await VerifiedAsync(paper.Code)) is var gone ? (gone.WithdrawnAt!.Value, gone.WithdrawnBecause) : default);
        Assert.Equal(new CertificateDecided(CertificateStatus.Withdrawn), (await _hub.Get<WithdrawCertificate>().RunAsync(_cast.Coordinator, id, "再一次")).Refusal);
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind='CertificateWithdrawn'"));
    }

    [Fact]
    public async Task The_audit_tells_of_every_step_and_not_what_stands_on_the_paper()
    {
        await ServedAsync(TimeSpan.FromHours(2));
        await _hub.Get<WithdrawCertificate>().RunAsync(_cast.Coordinator, (await IssueAsync(All)).Value, "重开");
        var lines = await _hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(Certificate)).OrderBy(l => l.Id).ToListAsync());
        Assert.Equal(["Added", "Modified"], lines.Select(l => l.Action));
        Assert.All(lines, l => Assert.DoesNotContain(Na.Name, l.Changes, StringComparison.Ordinal));
        using var table = new MemoryStream();
        Assert.False((await _hub.Get<ExportCertificates>().RunAsync(_cast.Auditor, null, null, table)).Refused);
        Assert.True(table.Length > 0);
        Assert.Equal(1, await _hub.CountAsync("AuditLines WHERE Action='Exported' AND Subject='Certificate'"));
    }

    private Task<Outcome<CertificateId>> IssueAsync(CertificateTerms terms) => _hub.Get<IssueCertificate>().RunAsync(_cast.Coordinator, Na.Id, null, terms);

    private async Task<CertificatePaper> PaperAsync(CertificateId id) => (await _hub.Get<CertificateToPrint>().LoadAsync(_cast.Volunteer, id)).Value!;

    private async Task<VerifiedCertificate> VerifiedAsync(string code) => (await _hub.Get<VerifyCertificate>().LoadAsync(code)).Value!;

    private async Task<CertificateRegisterView> RegisterAsync(string? typed, CertificateStatus? status) => (await _hub.Get<CertificateRegister>().LoadAsync(_cast.Auditor, typed, status)).Value!;

    private Task<HourEntry> ServedAsync(TimeSpan credited, HourStatus status = HourStatus.Final, int daysAgo = 20) => _hub.ServedAsync(_cast.Health, Na, credited, status, daysAgo);

    private Task CorrectedAsync(HourEntry entry, TimeSpan by) => _hub.ChangeAsync(db =>
    {
        var correction = new HourEntry(HourEntryId.New(), entry.RunId, entry.VolunteerId, by, HourStatus.Final, _hub.Now);
        db.HourEntries.Add(correction);
        db.Entry(correction).Property(h => h.Corrects).CurrentValue = entry.Id;
        db.Entry(correction).Property(h => h.FinalAt).CurrentValue = _hub.Now;
    });
}
