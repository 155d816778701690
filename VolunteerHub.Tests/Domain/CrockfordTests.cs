using CsCheck;
using VolunteerHub.Domain.Common;

namespace VolunteerHub.Tests.Domain;

public sealed class CrockfordTests
{
    [Fact]
    public void A_number_comes_back_from_its_digits_and_digits_from_how_people_type_them() => Gen.Long[0, (1L << 35) - 1].Sample(number =>
    {
        var digits = Crockford.Of(number, 7);
        Assert.Equal(number, Crockford.NumberOf(digits));
        Assert.Equal(digits, Crockford.Read(" " + digits.ToLowerInvariant().Insert(3, "-").Replace('0', 'o').Replace('1', 'l'), 7));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("12345678")]
    [InlineData("123456U")]
    public void What_is_not_of_these_digits_is_not_read(string? typed) => Assert.Null(Crockford.Read(typed, 7));
}
