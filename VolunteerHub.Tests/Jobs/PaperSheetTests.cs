using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn.Paper;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A sheet of paper on its way out and back in.</summary>
public sealed class PaperSheetTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
        _hub.GoTo(TestHub.Morning.AddHours(4));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("9", "09:00")]
    [InlineData("900", "09:00")]
    [InlineData("0900", "09:00")]
    [InlineData("9:05", "09:05")]
    [InlineData("９：０５", "09:05")]
    [InlineData("9.30", "09:30")]
    [InlineData("9.5", "09:30")]
    [InlineData("2359", "23:59")]
    [InlineData("24", null)]
    [InlineData("960", null)]
    [InlineData("9:5", null)]
    [InlineData("九点", null)]
    [InlineData("12345", null)]
    public void Times_are_read_as_people_type_them(string typed, string? meant) =>
        Assert.Equal(meant, SheetTime.Read(typed)?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_page_code_with_one_wrong_character_is_noticed_wherever_it_is()
    {
        const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var code = new SheetPageCode("7Q0M3KXZ", 3, "AB");
        Assert.Equal(code, SheetPageCode.Read(code.Text.ToLowerInvariant().Replace('-', ' ')));
        Assert.Equal(code, SheetPageCode.Read("http://127.0.0.1/sheet?code=" + code.Text));
        for (var place = 0; place < code.Text.Length; place++)
        {
            if (code.Text[place] == '-') continue;
            Assert.All(Digits.Where(d => d != code.Text[place]), d => Assert.Null(SheetPageCode.Read(code.Text[..place] + d + code.Text[(place + 1)..])));
        }
    }

    [Fact]
    public async Task A_row_is_found_by_its_number_by_the_end_of_the_volunteers_number_by_name_and_by_initials()
    {
        var sheet = (await _hub.Get<SheetOfRun>().LoadAsync(_cast.RunLead, _cast.Run.Id)).Value!;
        var person = sheet.People.Single(p => p.Id == _cast.OnRoster.Id);
        foreach (var typed in new[] { $"{person.Row}", person.Number, person.Number[^4..], "李娜", " 李 娜 ", "娜" })
        {
            var row = (await EnterAsync(typed, "=", "=")).Value!;
            Assert.Equal((person.Id, _cast.Run.StartsAt, _cast.Run.EndsAt), (row.Person.Id, row.InAt, row.OutAt));
            Assert.False((await _hub.Get<TakeBackSheetRow>().RunAsync(_cast.RunLead, _cast.Run.Id, row)).Refused);
        }

        Assert.DoesNotContain((await _hub.AttendanceOfAsync(_cast.Run, _cast.OnRoster))!.Intervals, i => i.Counts);
    }

    [Fact]
    public async Task What_is_recorded_says_that_it_comes_from_paper_and_sent_again_it_is_recorded_once()
    {
        var entry = new SheetEntry(Guid.CreateVersion7(), "李娜", "905", "1130");
        var first = await _hub.Get<EnterSheetRow>().RunAsync(_cast.RunLead, _cast.Run.Id, entry);
        var again = await _hub.Get<EnterSheetRow>().RunAsync(_cast.RunLead, _cast.Run.Id, entry);
        Assert.Equal((first.Value!.IntervalId, Doubts.None), (again.Value!.IntervalId, first.Value.Doubts));
        var interval = Assert.Single((await _hub.AttendanceOfAsync(_cast.Run, _cast.OnRoster))!.Intervals);
        Assert.Equal((EvidenceKind.PaperSheet, _cast.RunLead.Id, _hub.At("09:05"), _hub.At("11:30")), (interval.In.Evidence, interval.In.By, interval.In.OccurredAt, interval.Out!.OccurredAt));
        Assert.Equal(0, await _hub.CountAsync("ReviewItems"));
    }

    [Fact]
    public async Task Whoever_scanned_in_the_morning_is_told_of_and_only_signs_out_by_paper()
    {
        var scanned = new AttendanceMoment(TestHub.Morning, TestHub.Morning, Guid.CreateVersion7(), EvidenceKind.RotatingQr, _cast.OnRoster.Id);
        await _hub.Writer.TellAsync(new TellArrival(_cast.Run.Id, _cast.OnRoster.Id, scanned, ByLeader: false));
        Assert.Equal(new SheetAlreadyIn("李娜", TestHub.Morning, EvidenceKind.RotatingQr), (await EnterAsync("李娜", "9:00", "11:30")).Refusal);
        Assert.IsType<ImpossibleTimes>((await EnterAsync("李娜", "", "8:40")).Refusal);
        var row = (await EnterAsync("李娜", "", "11:30")).Value!;
        Assert.False((await _hub.Get<TakeBackSheetRow>().RunAsync(_cast.RunLead, _cast.Run.Id, row)).Refused);
        Assert.NotNull((await _hub.AttendanceOfAsync(_cast.Run, _cast.OnRoster))!.Open);
        Assert.False((await EnterAsync("李娜", "", "11:30")).Refused);
        Assert.Equal(EvidenceKind.RotatingQr, (await _hub.AttendanceOfAsync(_cast.Run, _cast.OnRoster))!.Intervals.Single(i => i.Counts).In.Evidence);
    }

    [Theory]
    [InlineData("李娜", "11:30", "9:00", typeof(ImpossibleTimes))]
    [InlineData("李娜", "9:00", "12:55", typeof(ImpossibleTimes))]
    [InlineData("李娜", "9:00", "2300", typeof(SheetTimeFarOff))]
    [InlineData("李娜", "4:30", "", typeof(SheetTimeFarOff))]
    [InlineData("李娜", "9点", "", typeof(SheetTimeUnclear))]
    [InlineData("李娜", "", "", typeof(SheetTimesMissing))]
    [InlineData("李娜", "", "=", typeof(NotCheckedIn))]
    [InlineData("何云", "=", "=", typeof(SheetPersonUnknown))]
    [InlineData("99", "=", "=", typeof(SheetPersonUnknown))]
    [InlineData("", "=", "=", typeof(SheetPersonUnknown))]
    [InlineData("2026", "=", "=", typeof(SheetPersonUnknown))]
    public async Task What_cannot_be_is_refused_and_records_nothing(string who, string came, string left, Type why)
    {
        Assert.IsType(why, (await EnterAsync(who, came, left)).Refusal);
        Assert.Equal((0, 0), (await _hub.CountAsync("AttendanceIntervals"), await _hub.CountAsync("ReviewItems")));
    }

    [Fact]
    public async Task An_early_arrival_is_a_fact_and_stands_on_the_list_to_be_looked_at()
    {
        Assert.Equal(Doubts.OutsideWindow, (await EnterAsync("李娜", "7:30", "")).Value!.Doubts);
        Assert.Equal(1, await _hub.CountAsync("ReviewItems WHERE Kind='OutsideWindow'"));
    }

    [Fact]
    public async Task Somebody_who_wrote_their_name_below_gets_a_seat_long_after_the_door_closed_and_counts_last()
    {
        var before = (await _hub.Get<SheetOfRun>().LoadAsync(_cast.RunLead, _cast.Run.Id)).Value!;
        Assert.False((await _hub.Get<SeatFromSheet>().RunAsync(_cast.RunLead, _cast.Run.Id, _cast.Run.PostNamed("引导").Id, _cast.Free.Id)).Refused);
        Assert.False((await EnterAsync("何云", "9:10", "11:00")).Refused);
        var after = (await _hub.Get<SheetOfRun>().LoadAsync(_cast.RunLead, _cast.Run.Id)).Value!;
        Assert.Equal([.. before.People.Select(p => p.Id), _cast.Free.Id], after.People.Select(p => p.Id));
        Assert.Equal(before.CodeOf(1), after.CodeOf(1));
        Assert.Equal(AssignmentOrigin.WalkIn, (await _hub.LoadAsync(_cast.Run.Id)).SeatOf(_cast.Free).Origin);
    }

    [Fact]
    public async Task Row_numbers_of_a_sheet_that_the_roster_left_behind_are_not_taken()
    {
        var code = (await _hub.Get<SheetOfRun>().LoadAsync(_cast.RunLead, _cast.Run.Id)).Value!.CodeOf(1);
        Assert.Equal(_cast.Run.Id, (await _hub.Get<FindSheet>().LoadAsync(_cast.RunLead, code)).Value);
        await _hub.ChangeAsync(db => db.WholeRun(_cast.Run.Id).Remove(_cast.Run.SeatOf(_cast.Second).Id, _cast.RunLead.Id, TestHub.Morning, CheckInPolicy.Default));
        var job = _hub.Get<EnterSheetRow>();
        Assert.IsType<SheetRowsMoved>((await job.RunAsync(_cast.RunLead, _cast.Run.Id, new SheetEntry(Guid.CreateVersion7(), "2", "=", "=", code))).Refusal);
        Assert.False((await job.RunAsync(_cast.RunLead, _cast.Run.Id, new SheetEntry(Guid.CreateVersion7(), "李娜", "=", "=", code))).Refused);
    }

    private Task<Outcome<EnteredRow>> EnterAsync(string who, string came, string left) =>
        _hub.Get<EnterSheetRow>().RunAsync(_cast.RunLead, _cast.Run.Id, new SheetEntry(Guid.CreateVersion7(), who, came, left));
}
