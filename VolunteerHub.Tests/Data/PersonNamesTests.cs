using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Data;

/// <summary>What a machine can tell from a name: initials by which people are found, and the order of a list.</summary>
public sealed class PersonNamesTests
{
    [Theory]
    [InlineData("张桂兰", "ZGL")]
    [InlineData("李娜", "LN")]
    [InlineData("王芳", "WF")]
    [InlineData("陈杰", "CJ")]
    [InlineData("巴特尔", "BTE")]
    [InlineData("乌云其木格", "WYQMG")]
    [InlineData("欧阳娜娜", "OYNN")]
    [InlineData("阿拉坦仓", "ALTC")]
    [InlineData("额尔敦", "EED")]
    [InlineData("冯小刚", "FXG")]
    [InlineData("郭靖", "GJ")]
    [InlineData("黄蓉", "HR")]
    [InlineData("孔乙己", "KYJ")]
    [InlineData("马远", "MY")]
    [InlineData("宁静", "NJ")]
    [InlineData("潘安", "PA")]
    [InlineData("秦岚", "QL")]
    [InlineData("孙审", "SS")]
    [InlineData("唐寅", "TY")]
    [InlineData("许文", "XW")]
    [InlineData("周律", "ZL")]
    [InlineData("丁一", "DY")]
    [InlineData("苏日娜", "SRN")]
    public void Initials_are_those_of_the_pinyin(string name, string initials) => Assert.Equal(initials, PersonNames.InitialsOf(name));

    [Theory]
    [InlineData("曾国藩", "ZGF")]
    [InlineData("单田芳", "STF")]
    [InlineData("仇英", "QY")]
    [InlineData("解缙", "XJ")]
    [InlineData("区寄", "OJ")]
    public void A_surname_is_read_as_a_surname(string name, string initials) => Assert.Equal(initials, PersonNames.InitialsOf(name));

    [Theory]
    [InlineData("Anna 李", "ANNAL")]
    [InlineData("Ｊｏｈｎ", "JOHN")]
    [InlineData("", "")]
    [InlineData("·", "")]
    public void Latin_letters_stand_for_themselves_and_signs_for_nothing(string name, string initials) => Assert.Equal(initials, PersonNames.InitialsOf(name));

    [Fact]
    public void A_list_of_names_is_in_the_order_of_their_pinyin()
    {
        string[] sorted = ["阿拉坦仓", "巴特尔", "陈杰", "何云", "李娜", "马远", "王芳", "乌云其木格", "许文", "张桂兰", "周律"];
        Assert.Equal(sorted, sorted.Reverse().OrderBy(PersonNames.SortKeyOf, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_is_renamed_is_found_by_the_new_name_and_not_by_the_old()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("张桂兰");
        Assert.Equal(["0001", who.Number, "GL", "L", "ZGL", "兰", "张桂兰", "桂兰"], (await TermsAsync()).Order(StringComparer.Ordinal));
        await hub.ChangeAsync(who, v => v.Rename("张桂花", "ZGH"));
        Assert.Equal(["0001", who.Number, "GH", "H", "ZGH", "张桂花", "桂花", "花"], (await TermsAsync()).Order(StringComparer.Ordinal));

        async Task<List<string>> TermsAsync()
        {
            var terms = new List<string>();
            await using var connection = hub.OpenDatabase();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT Term FROM SearchTerms";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) terms.Add(reader.GetString(0));
            return terms;
        }
    }
}
