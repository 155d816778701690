using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>我的签到码: names a person at the leader's scanner, and nothing else.</summary>
public sealed class PersonalCodeTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_card_checks_in_and_out_and_says_how_it_is_known()
    {
        var code = await IssueAsync(_cast.OnRoster);
        var came = await ScanAsync(code);
        Assert.Equal(("李娜", _cast.OnRoster.Number, true), (came.Value!.Name, came.Value.Number, came.Value.Receipt.Arrived));
        Assert.IsType<AlreadyCheckedIn>((await ScanAsync(code)).Refusal);
        _hub.GoTo(_hub.At("10:00"));
        Assert.False((await ScanAsync(code, arriving: false)).Refused);
        Assert.IsType<NotCheckedIn>((await ScanAsync(code, arriving: false)).Refusal);
        var interval = Assert.Single((await _hub.AttendanceOfAsync(_cast.Run, _cast.OnRoster))!.Intervals);
        Assert.Equal((EvidenceKind.VolunteerCard, EvidenceKind.VolunteerCard, _cast.LeaderOfHealth.Id), (interval.In.Evidence, interval.Out!.Evidence, interval.In.By));
    }

    [Fact]
    public async Task A_scan_that_is_delivered_twice_counts_once()
    {
        var (code, request) = (await IssueAsync(_cast.OnRoster), Guid.CreateVersion7());
        var first = await _hub.Get<ScanPersonalCode>().RunAsync(_cast.LeaderOfHealth, _cast.Run.Id, code, true, request);
        var second = await _hub.Get<ScanPersonalCode>().RunAsync(_cast.LeaderOfHealth, _cast.Run.Id, code, true, request);
        Assert.Equal(first.Value!.Receipt, second.Value!.Receipt);
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("groups")]
    [InlineData("wide")]
    [InlineData("letters")]
    public async Task A_code_is_read_the_way_scanners_and_people_type_it(string how)
    {
        var code = await IssueAsync(_cast.OnRoster);
        var typed = how switch
        {
            "lower" => code.ToLowerInvariant(),
            "groups" => " " + PersonalCode.Shown(code).Replace(' ', '-') + " ",
            "wide" => string.Concat(code.Select(c => (char)(c + 0xFEE0))),
            _ => code.Replace('0', 'O').Replace('1', 'l'),
        };
        Assert.False((await ScanAsync(typed)).Refused);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("ZZZZZZZZZZZZZZZZ")]
    [InlineData("四四四四四四四四四四四四四四四四")]
    public async Task What_is_no_code_is_refused(string? typed) => Assert.IsType<CardUnknown>((await ScanAsync(typed)).Refusal);

    [Fact]
    public async Task A_new_card_ends_the_old_one_and_a_lost_one_is_ended_without_a_new()
    {
        var (old, fresh) = (await IssueAsync(_cast.OnRoster), await IssueAsync(_cast.OnRoster));
        Assert.Equal(new CodeRevoked(_hub.Now), (await ScanAsync(old)).Refusal);
        Assert.False((await ScanAsync(fresh)).Refused);
        Assert.False((await _hub.Get<RevokePersonalCode>().RunAsync(_cast.LeaderOfHealth, _cast.OnRoster.Id)).Refused);
        Assert.Equal(new CodeRevoked(_hub.Now), (await ScanAsync(fresh, arriving: false)).Refusal);
    }

    [Fact]
    public async Task Only_a_hash_of_the_code_is_kept()
    {
        var code = await IssueAsync(_cast.OnRoster);
        var stored = (await _hub.StoredAsync(_cast.OnRoster)).PersonalCodeHash!;
        Assert.DoesNotContain(code, stored, StringComparison.Ordinal);
        await _hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True((await File.ReadAllBytesAsync(_hub.Directory.Database)).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(code)) < 0);
        Assert.DoesNotContain(_hub.Log.All, line => line.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_not_on_the_roster_pauses_or_has_left_is_not_let_in_by_card()
    {
        var (free, second) = (await IssueAsync(_cast.Free), await IssueAsync(_cast.Second));
        Assert.Equal(new CardHolderNotOnRoster("何云"), (await ScanAsync(free)).Refusal);
        await _hub.ChangeAsync(_cast.Second, v => v.Pause());
        Assert.IsType<NotActive>((await ScanAsync(second)).Refusal);
        await _hub.ChangeAsync(_cast.Second, v => v.Leave(_hub.Today));
        Assert.IsType<CardUnknown>((await ScanAsync(second)).Refusal);
        Assert.Null(await _hub.AttendanceOfAsync(_cast.Run, _cast.Second));
    }

    [Fact]
    public async Task A_card_is_good_only_while_check_in_is_open()
    {
        var code = await IssueAsync(_cast.OnRoster);
        await _hub.ChangeAsync(db =>
        {
            var run = db.WholeRun(_cast.Next.Id);
            run.Publish(run.DraftIds(), _cast.LeaderOfHealth.Id, _hub.Now);
        });
        Assert.IsType<CheckInNotOpenYet>((await _hub.Get<ScanPersonalCode>().RunAsync(_cast.LeaderOfHealth, _cast.Next.Id, code, true, Guid.CreateVersion7())).Refusal);
        Assert.IsType<RunNotFound>((await _hub.Get<ScanPersonalCode>().RunAsync(_cast.Coordinator, RunId.New(), code, true, Guid.CreateVersion7())).Refusal);
    }

    [Fact]
    public async Task Cards_are_issued_for_own_people_who_are_active()
    {
        Assert.IsType<NotAllowed>((await _hub.Get<IssuePersonalCodes>().RunAsync(_cast.LeaderOfHealth, [_cast.OnRoster.Id, _cast.Stranger.Id])).Refusal);
        Assert.Null((await _hub.StoredAsync(_cast.OnRoster)).PersonalCodeHash);
        await _hub.ChangeAsync(_cast.Free, v => v.Pause());
        Assert.IsType<NotActive>((await _hub.Get<IssuePersonalCodes>().RunAsync(_cast.LeaderOfHealth, [_cast.Free.Id])).Refusal);
        var holders = (await _hub.Get<CardHolders>().LoadAsync(_cast.LeaderOfHealth, _cast.Health.Id, null)).Value!;
        Assert.DoesNotContain(holders.People, p => p.Id == _cast.Free.Id);
        Assert.True(holders.People.Single(p => p.Id == _cast.OnRoster.Id).HasPhone);
        Assert.IsType<TeamNotFound>((await _hub.Get<CardHolders>().LoadAsync(_cast.Coordinator, TeamId.New(), null)).Refusal);
    }

    private async Task<string> IssueAsync(Volunteer who) => (await _hub.Get<IssuePersonalCodes>().RunAsync(_cast.LeaderOfHealth, [who.Id])).Value![0].Code;

    private Task<Outcome<ScannedCard>> ScanAsync(string? typed, bool arriving = true) =>
        _hub.Get<ScanPersonalCode>().RunAsync(_cast.LeaderOfHealth, _cast.Run.Id, typed, arriving, Guid.CreateVersion7());
}
