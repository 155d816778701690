using CsCheck;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers;

namespace VolunteerHub.Tests.Volunteers;

/// <summary>The filter of the list of people and the address that keeps it.</summary>
public sealed class PeopleFilterTests
{
    private static readonly Gen<string?> Text = OneOf<string?>("桂", "ZGL", "gl", "银铃", "护士 (主管)", "a&b=c", "100%", "?#+", "mn", "𠮷", "2026-0147", null);

    private static readonly Gen<PageKey?> Page = OneOf<PageKey?>(null, PageKey.Last, PageKey.After("2026-0147"), PageKey.Before("2024-10001"));

    private static readonly Gen<PeopleFilter> Filters =
        from texts in Text.Array[5]
        from status in Gen.Enum<VolunteerStatus>().Nullable()
        from kind in Gen.Enum<VolunteerKind>().Nullable()
        from line in Gen.Enum<ServiceLine>().Nullable()
        from help in OneOf(Enum.GetValues<HelpTargets>()).Select(h => h == HelpTargets.None ? (HelpTargets?)null : h)
        from flags in Gen.Select(Gen.Bool, Gen.Bool)
        from sort in Gen.Enum<PeopleSort>()
        from page in Page
        select new PeopleFilter(texts[0], texts[1], status, kind, texts[2], texts[3], texts[4], line, help, flags.Item1, sort, flags.Item2, page);

    [Fact]
    public void What_is_asked_for_comes_back_from_its_address() =>
        Filters.Sample(filter => Assert.Equal(filter, PeopleFilter.FromQuery(filter.ToQuery())));

    [Fact]
    public void Nothing_that_is_asked_is_an_address_of_nothing()
    {
        Assert.Equal("", PeopleFilter.Everybody.ToQuery());
        Assert.Equal(PeopleFilter.Everybody, PeopleFilter.FromQuery(null));
        Assert.Equal(PeopleFilter.Everybody, PeopleFilter.FromQuery("?status=Nobody&kind=1&sort=&help=None&line=99&q=%20&page=7&utm=x"));
    }

    [Theory]
    [InlineData("13804712266")]
    [InlineData("138 0471 2266")]
    [InlineData("+86 138-0471-2266")]
    [InlineData("１３８０４７１２２６６")]
    [InlineData("0471-3961234")]
    [InlineData("(0471) 396 1234")]
    [InlineData("138.0471.2266")]
    [InlineData("2266")]
    [InlineData("２２６６")]
    [InlineData("22 66")]
    [InlineData("张桂兰 2266")]
    [InlineData("2026 0147")]
    [InlineData("2026-0147 2266")]
    [InlineData("\u0661\u0663\u0668\u0660")]
    public void What_may_be_a_phone_number_or_its_last_four_digits_gets_into_no_address(string typed)
    {
        var filter = new PeopleFilter(typed, Team: "health");
        Assert.True(filter.SearchIsPrivate);
        Assert.Equal("?team=health", filter.ToQuery());
        Assert.Null(PeopleFilter.FromQuery("?q=" + Uri.EscapeDataString(typed)).Search);
    }

    [Fact]
    public void Whatever_stands_around_its_digits_a_phone_number_gets_into_no_address() =>
        Gen.Select(Gen.Int[0, 9].Array[4, 13], OneOf("", " ", "-", "－", ".", "  ", "/"), OneOf("", "张", "tel", "+")).Sample((digits, between, before) =>
        {
            var typed = before + string.Join(between, digits);
            Assert.DoesNotContain("q=", new PeopleFilter(typed).ToQuery(), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("2026-0147")]
    [InlineData("2026-10001")]
    [InlineData("147")]
    [InlineData("桂")]
    [InlineData("ZGL")]
    [InlineData("3号楼2单元")]
    public void A_whole_number_of_a_volunteer_and_a_name_may_stand_in_an_address(string typed)
    {
        var filter = new PeopleFilter(typed);
        Assert.False(filter.SearchIsPrivate);
        Assert.Equal(filter, PeopleFilter.FromQuery(filter.ToQuery()));
    }

    [Fact]
    public void A_text_that_is_too_long_is_passed_over() =>
        Assert.Equal(PeopleFilter.Everybody, PeopleFilter.FromQuery("?tag=" + new string('长', PeopleFilter.LongestText + 1)));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
