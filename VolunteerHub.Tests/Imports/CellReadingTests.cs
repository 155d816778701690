using System.Globalization;
using CsCheck;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Tests.Imports;

/// <summary>Cells the way people fill them in.</summary>
public sealed class CellReadingTests
{
    [Theory]
    [InlineData("13804701234", "+8613804701234")]
    [InlineData("１３８０４７０１２３４", "+8613804701234")]
    [InlineData(" 138 0470 1234 ", "+8613804701234")]
    [InlineData("138-0470-1234", "+8613804701234")]
    [InlineData("+86 138 0470 1234", "+8613804701234")]
    [InlineData("（+86）13804701234", "+8613804701234")]
    [InlineData("008613804701234", "+8613804701234")]
    [InlineData("13804701234.0", "+8613804701234")]
    [InlineData("1.3804701234E+10", "+8613804701234")]
    [InlineData("13804701234（微信同号）", "+8613804701234")]
    [InlineData("0471-4567890", "+864714567890")]
    [InlineData("", null)]
    [InlineData("138****1234", null)]
    public void A_phone_number_is_read(string text, string? number) => Assert.Equal((number, (RowFault?)null), CellReader.Phone(text));

    [Theory]
    [InlineData("1.38047E+10", RowFault.PhoneCutShort)]
    [InlineData("1380470123", RowFault.PhoneUnreadable)]
    [InlineData("138047012345", RowFault.PhoneUnreadable)]
    [InlineData("4567890", RowFault.PhoneUnreadable)]
    [InlineData("问她儿子", RowFault.PhoneUnreadable)]
    [InlineData("13804701234/13904701234", RowFault.PhoneSeveral)]
    [InlineData("13804701234 13904701234", RowFault.PhoneSeveral)]
    [InlineData("13804701234、0471-4567890", RowFault.PhoneSeveral)]
    public void What_is_no_phone_number_is_told(string text, RowFault fault) => Assert.Equal((null, (RowFault?)fault), CellReader.Phone(text));

    [Theory]
    [InlineData("2012-05-17", "2012-05-17", false)]
    [InlineData("2012-5-17", "2012-05-17", false)]
    [InlineData("2012/5/17", "2012-05-17", false)]
    [InlineData("2012.05.17", "2012-05-17", false)]
    [InlineData("2012年5月17日", "2012-05-17", false)]
    [InlineData("2012年05月17号", "2012-05-17", false)]
    [InlineData("２０１２年５月１７日", "2012-05-17", false)]
    [InlineData("2012 年 5 月 17 日", "2012-05-17", false)]
    [InlineData("20120517", "2012-05-17", false)]
    [InlineData("41046", "2012-05-17", false)]
    [InlineData("41046.0", "2012-05-17", false)]
    [InlineData("2012-05-17 00:00:00", "2012-05-17", false)]
    [InlineData("2012-05-17T00:00:00Z", "2012-05-17", false)]
    [InlineData("1962年5月", "1962-05-01", true)]
    [InlineData("1962.05", "1962-05-01", true)]
    [InlineData("196205", "1962-05-01", true)]
    public void A_date_is_read(string text, string day, bool inMonth) =>
        Assert.Equal((DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), inMonth, (RowFault?)null), Date(text));

    [Theory]
    [InlineData("2012-02-30", RowFault.DateImpossible)]
    [InlineData("20121305", RowFault.DateImpossible)]
    [InlineData("2012年13月", RowFault.DateImpossible)]
    [InlineData("62.5.17", RowFault.DateUnreadable)]
    [InlineData("17/5/2012", RowFault.DateUnreadable)]
    [InlineData("1962", RowFault.DateUnreadable)]
    [InlineData("属虎", RowFault.DateUnreadable)]
    public void What_is_no_date_is_told(string text, RowFault fault) => Assert.Equal(((DateOnly?)null, false, (RowFault?)fault), Date(text));

    [Fact]
    public void Any_day_in_any_form_is_the_same_day() => Gen.DateOnly[new DateOnly(1930, 1, 1), new DateOnly(2026, 11, 28)].Sample(day =>
    {
        string[] forms = ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy'年'M'月'd'日'", "yyyyMMdd"];
        Assert.All(forms, form => Assert.Equal((day, false, (RowFault?)null), Date(day.ToString(form, CultureInfo.InvariantCulture))));
        Assert.Equal((day, false, (RowFault?)null), Date(day.ToDateTime(default).ToOADate().ToString(CultureInfo.InvariantCulture)));
    }, iter: 200);

    [Theory]
    [InlineData("张　桂兰", "张桂兰")]
    [InlineData(" 李 娜\t", "李娜")]
    [InlineData("阿依古丽 · 买买提", "阿依古丽·买买提")]
    [InlineData("阿依古丽•买买提", "阿依古丽·买买提")]
    [InlineData("Ｂatu  Erdene", "Batu Erdene")]
    public void A_name_is_tidied(string text, string name) => Assert.Equal(name, CellReader.Name(text));

    [Theory]
    [InlineData("姓名", ImportField.Name)]
    [InlineData("姓 名*", ImportField.Name)]
    [InlineData("手机号码（必填）", ImportField.Phone)]
    [InlineData("联系电话：", ImportField.Phone)]
    [InlineData("所属志愿服务队", ImportField.Team)]
    [InlineData("出生年月", ImportField.BornOn)]
    [InlineData("特　长", ImportField.Skills)]
    [InlineData("序号", null)]
    [InlineData("备注", null)]
    public void A_header_is_understood(string header, ImportField? field) => Assert.Equal(field, ImportWords.Known.FieldOf(header)?.Field);

    [Theory]
    [InlineData("蒙古族", "02")]
    [InlineData("蒙古", "02")]
    [InlineData("汉", "01")]
    [InlineData("02", "02")]
    [InlineData("2", "02")]
    [InlineData("外星族", null)]
    public void An_ethnicity_is_a_code(string text, string? code) => Assert.Equal(code, ImportWords.Known.EthnicityOf(text));

    [Fact]
    public void Words_for_values_are_complete_and_come_back()
    {
        var words = ImportWords.Known;
        Assert.All(Enum.GetValues<ImportField>(), field => Assert.Equal(field, words.FieldOf(words.HeaderOf(field))?.Field));
        Assert.All(Enum.GetValues<Sex>(), sex => Assert.Equal(sex, words.SexOf(words.WordFor(sex))));
        Assert.All(Enum.GetValues<PoliticalStatus>(), political => Assert.Equal(political, words.PoliticalOf(words.WordFor(political))));
        Assert.All(Enum.GetValues<ServiceLine>(), line => Assert.Equal(line, words.LineOf(words.WordFor(line))));
        Assert.All(Enum.GetValues<HelpTargets>().Where(h => h != HelpTargets.None), help => Assert.Equal(help, words.HelpOf(words.WordFor(help))));
        Assert.Equal("mn", words.LanguageOf(words.WordForLanguage("mn")));
        Assert.Equal("", words.LanguageOf("普通话"));
        Assert.Equal(56, Enumerable.Range(1, 56).Select(n => words.EthnicityOf(n.ToString("00", CultureInfo.InvariantCulture))).Distinct().Count(c => c is not null));
    }

    private static (DateOnly? Day, bool InMonth, RowFault? Fault) Date(string text) => CellReader.Date(new TableCell(text, CellKind.Text), ImportWords.Known);
}
