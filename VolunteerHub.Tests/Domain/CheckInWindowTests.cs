using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class CheckInWindowTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly TimeSlot Evening = Saturday.From("17:00", "18:00");

    [Fact]
    public void Check_in_is_open_from_half_an_hour_before_the_slot_until_an_hour_after_it()
    {
        var window = new CheckInWindow(Morning, CheckInPolicy.Default);
        Assert.Equal((Saturday.At("08:30"), Saturday.At("09:10"), Saturday.At("12:00")), (window.Opens, window.LateAfter, window.Closes));
        Assert.False(window.IsOpen(Saturday.At("08:30").AddTicks(-1)));
        Assert.True(window.IsOpen(Saturday.At("08:30")));
        Assert.True(window.IsOpen(Saturday.At("12:00").AddTicks(-1)));
        Assert.False(window.IsOpen(Saturday.At("12:00")));
    }

    [Fact]
    public void One_open_window_is_enough()
    {
        Assert.Null(Admit("09:00", Evening, Morning));
        Assert.Null(Admit("16:30", Morning, Evening));
    }

    [Fact]
    public void Who_comes_too_early_is_told_when_check_in_opens() =>
        Assert.Equal(new CheckInNotOpenYet(Saturday.At("08:30")), Admit("08:29", Evening, Morning));

    [Fact]
    public void Between_two_windows_the_next_is_told() =>
        Assert.Equal(new CheckInNotOpenYet(Saturday.At("16:30")), Admit("12:00", Evening, Morning));

    [Fact]
    public void After_the_last_window_its_close_is_told() =>
        Assert.Equal(new CheckInClosed(Saturday.At("19:00")), Admit("19:00", Evening, Morning));

    private static Refusal? Admit(string at, params TimeSlot[] slots) =>
        CheckInWindow.Admit(slots, Saturday.At(at), CheckInPolicy.Default);
}
