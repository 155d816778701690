using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Tests.Domain;

public sealed class MaskedNameTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("李", "*")]
    [InlineData("李娜", "李*")]
    [InlineData("张桂兰", "张*兰")]
    [InlineData("欧阳娜娜", "欧**娜")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("李𠮷兰", "李*兰")]
    public void A_masked_name_keeps_its_ends_and_never_the_whole(string name, string masked) =>
        Assert.Equal(masked, MaskedName.Of(name));
}
