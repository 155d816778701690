using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class HourEntryTests
{
    [Fact]
    public void A_proposed_entry_follows_the_attendance()
    {
        var entry = new HourEntry(RunId.New(), VolunteerId.New(), TimeSpan.FromMinutes(90), Saturday.At("11:00"));
        Assert.Equal(HourStatus.Proposed, entry.Status);
        Assert.True(entry.Follow(TimeSpan.FromMinutes(120)));
        Assert.Equal(TimeSpan.FromMinutes(120), entry.Credited);
        Assert.False(entry.Follow(TimeSpan.FromMinutes(120)));
    }

    [Theory]
    [InlineData(HourStatus.Confirmed)]
    [InlineData(HourStatus.Acknowledged)]
    [InlineData(HourStatus.Disputed)]
    [InlineData(HourStatus.InPublicity)]
    [InlineData(HourStatus.Final)]
    public void An_entry_that_is_more_than_proposed_stands(HourStatus status)
    {
        var entry = new HourEntry(HourEntryId.New(), RunId.New(), VolunteerId.New(), TimeSpan.FromMinutes(90), status, Saturday.At("11:00"));
        Assert.False(entry.Follow(TimeSpan.FromMinutes(120)));
        Assert.Equal(TimeSpan.FromMinutes(90), entry.Credited);
    }

    [Fact]
    public void A_part_of_a_second_is_never_credited_as_a_whole_one()
    {
        var entry = new HourEntry(RunId.New(), VolunteerId.New(), TimeSpan.FromSeconds(59.999), Saturday.At("11:00"));
        Assert.Equal(59, entry.CreditedSeconds);
    }
}
