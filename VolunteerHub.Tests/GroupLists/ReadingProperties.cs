using System.Text;
using CsCheck;
using VolunteerHub.Domain.Rosters.GroupLists;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>Whatever a group writes, nothing is dropped and nothing throws.</summary>
public sealed class ReadingProperties
{
    private static readonly string[] Pieces =
    [
        "1. ", "2、", "③", "（4）", "5 ", "１２．", "张桂兰", "李娜", "张姐", "小李", "桂兰姐", "李医生", "阿依古丽·买买提", "和", "、", "，", " ", "　", "取消", "请假", "可以", "到", "去不了",
        "替", "帮", "报名", "代报", "（", "）", "晚到10分钟", "+1", "＋1", "🌹", "✅", "❌", "1️⃣", "11月28日", "周六", "9:00", "9点半", "到11点", "护士", "引导", "#接龙", "健康义诊", "例：", "\n", "\r\n", "\n", "13904701122", "2026-0147",
        "0", "99999999999999999999", ".", "：", "-", "·", "\u200d", "\ufe0f", "\ud83d", "ZGL", "(", "[", "？",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        OneOf(Pieces).Array[0, 30].Select(string.Concat),
        Gen.String,
        Gen.Char['\u0020', '\uffff'].Array[0, 60].Select(cs => new string(cs)));

    [Fact]
    public void Every_line_comes_back_once_and_as_it_was() => Texts.Sample(text =>
    {
        var lines = Lists.Read(text);
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(l => l.Number));
        var pasted = text.Split(["\r\n", "\n", "\r", "\u2028", "\u2029", "\v", "\f"], StringSplitOptions.None);
        Assert.Equal(pasted.Take(GroupListReader.MostLines), lines.Select(l => l.Text));
    }, iter: 5_000);

    [Fact]
    public void A_numbered_line_with_something_in_it_is_an_entry_or_cancelled_or_not_understood() => Texts.Sample(text =>
        Assert.All(Lists.Read(text).Where(l => l.Ordinal is not null && l.Kind != GroupLineKind.Empty), line =>
        {
            Assert.Contains(line.Kind, new[] { GroupLineKind.Entry, GroupLineKind.Cancelled, GroupLineKind.NotUnderstood });
            Assert.Equal(line.Kind is GroupLineKind.Entry or GroupLineKind.Cancelled, line.Entries.Count > 0);
        }), iter: 5_000);

    [Fact]
    public void An_empty_line_has_nothing_that_could_be_a_name() => Texts.Sample(text =>
        Assert.All(Lists.Read(text).Where(l => l.Kind == GroupLineKind.Empty), line => Assert.DoesNotContain(line.Text, c => c is >= '\u4e00' and <= '\u9fff' && !"一二三四五六七八九十".Contains(c, StringComparison.Ordinal))), iter: 5_000);

    [Fact]
    public void Full_width_and_half_width_say_the_same() => OneOf(Pieces).Array[0, 30].Select(string.Concat).Sample(text =>
    {
        var half = Lists.Read(text).Select(Said);
        var full = Lists.Read(Widened(text)).Select(Said);
        Assert.Equal(half, full);
    }, iter: 5_000);

    [Fact]
    public void Names_without_marks_around_them_are_found_in_whatever_way_the_line_is_numbered() =>
        Gen.Select(OneOf("{0}. {1}", "{0}、{1}", "{0}．{1}", "({0}){1}", "（{0}） {1}", "{0} {1}", "🌸 {0}.{1}", "{0}: {1}"), Gen.Int[1, 99], OneOf(Lists.KnownNames), OneOf("", " 可以", "到", "（晚到10分钟）", " ＋1", "🙏", "，收到", " 能来！"))
            .Sample((form, number, name, end) =>
            {
                var line = Lists.Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, number, name + end)).Single();
                Assert.Equal((GroupLineKind.Entry, (int?)number, name), (line.Kind, line.Ordinal, line.Entries.Single().Name));
            }, iter: 5_000);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Said(GroupLine line) => $"{line.Kind} {line.Ordinal} {string.Join('|', line.Entries.Select(e => e.ToString()))} {line.Hints}";

    /// <summary>ASCII in full width, but for what is a line's end; an emoji's own digits stay.</summary>
    private static string Widened(string text)
    {
        var wide = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            wide.Append(text[i] is > ' ' and < '\x7f' && !(i + 1 < text.Length && text[i + 1] is '\ufe0f' or '\u20e3') ? (char)(text[i] - '!' + '\uff01') : text[i]);
        return wide.ToString();
    }
}
