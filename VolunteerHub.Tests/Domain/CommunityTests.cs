using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain;

public sealed class CommunityTests
{
    [Fact]
    public void Numbers_run_through_the_year_and_begin_again_in_the_next()
    {
        var community = A.Community();
        Assert.Equal("2026-0001", community.IssueNumber(2026));
        Assert.Equal("2026-0002", community.IssueNumber(2026));
        Assert.Equal("2027-0001", community.IssueNumber(2027));
    }

    [Fact]
    public void A_clock_that_was_set_back_leads_to_no_number_that_is_out_already()
    {
        var community = A.Community();
        string[] issued = [community.IssueNumber(2026), community.IssueNumber(2027), community.IssueNumber(2026), community.IssueNumber(2027)];
        Assert.Equal(["2026-0001", "2027-0001", "2027-0002", "2027-0003"], issued);
    }

    [Fact]
    public void The_ten_thousandth_number_of_a_year_is_one_digit_longer()
    {
        var community = A.Community();
        for (var i = 0; i < 9_999; i++) community.IssueNumber(2026);
        Assert.Equal("2026-10000", community.IssueNumber(2026));
    }
}
