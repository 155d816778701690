using System.Text;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Import;

namespace VolunteerHub.Tests.Imports;

/// <summary>A list of 3,000 people as a community keeps it, with what is wrong with it; as a workbook and as a text.</summary>
public sealed class MessyList
{
    public const int People = 3_000;

    private const string Surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨";
    private const string Given = "桂兰秀英建国志强丽娜海燕文博春花玉梅德胜卫东晓红云飞雪松";

    private static readonly string[] Headers = ["序号", "所属队伍", "姓　名", "联系电话（必填）", "性别", "出生年月", "民族", "政治面貌", "特长", "语言", "备注"];

    private readonly List<object?[]> _rows = [];

    public MessyList()
    {
        _rows.Add(["星火巷社区志愿者花名册"]);
        _rows.Add(["填报单位：星火巷社区", null, null, null, null, null, "2026 年 11 月"]);
        _rows.Add([]);
        _rows.Add([.. Headers]);
        for (var n = 0; n < People; n++)
        {
            if (n % 500 == 250) _rows.Add([]);
            if (n == 1500) _rows.Add([.. Headers]);
            _rows.Add(Row(n));
        }

        _rows.Add([null, "合计", $"{People} 人"]);
        _rows.Add(["备注：名单由各队提供"]);
        _rows.Add(["制表人：赵敏", null, "审核：孙审"]);
    }

    /// <summary>What must be told: cell and fault, in the order of the rows.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Numbers of people whom a test put on record before.</summary>
    public static IEnumerable<int> KnownToTheRecords => Enumerable.Range(0, 30).Select(n => n * 97);

    public static string NameOf(int n) => $"{Surnames[n % 16]}{Given[n / 16 % 28]}{Given[n / 448 % 28]}";

    public static string PhoneOf(int n) => $"138{10_000_000 + n * 13:00000000}";

    public Workbook ToWorkbook()
    {
        var workbook = new Workbook();
        foreach (var row in _rows)
        {
            if (row.Length == 0) workbook.Skip(1);
            else workbook.Row(row);
        }

        return workbook.Merge("A1:K1").Merge("A2:F2");
    }

    /// <summary>The same list, saved as a text by a Chinese spreadsheet.</summary>
    public byte[] ToText()
    {
        var text = string.Join("\r\n", _rows.Select(row => string.Join(',', row.Select(cell => cell switch
        {
            null => "",
            DateOnly day => day.ToString("yyyy/M/d", System.Globalization.CultureInfo.InvariantCulture),
            string words when words.Contains(',', StringComparison.Ordinal) => $"\"{words}\"",
            _ => FormattableString.Invariant($"{cell}"),
        }))));
        return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
    }

    private object?[] Row(int n)
    {
        var row = _rows.Count + 1;
        object?[] cells =
        [
            n + 1,
            (n % 4) switch { 0 => "健康义诊志愿服务队", 1 => "健康义诊队", 2 => "法律服务", _ => "法律服务志愿服务队" },
            n % 5 == 0 ? $"{NameOf(n)[0]}　{NameOf(n)[1..]}" : NameOf(n),
            Phone(n),
            (n % 3) switch { 0 => "女", 1 => "男", _ => " 女性 " },
            Born(n),
            (n % 6) switch { 0 => "汉", 1 => "蒙古族", 2 => "03", 3 => "回族", 4 => null, _ => "满" },
            (n % 5) switch { 0 => "群众", 1 => "中共党员", 2 => "团员", 3 => "无", _ => "预备党员" },
            n % 7 == 0 ? "理发,量血压" : null,
            n % 9 == 0 ? "蒙语、普通话" : "普通话",
            n % 11 == 0 ? "可周末" : null,
        ];
        if (n % 73 != 50) return cells;
        var (column, value, fault) = (n / 73 % 8) switch
        {
            0 => (2, (object?)null, RowFault.NameMissing),
            1 => (3, "1380470", RowFault.PhoneUnreadable),
            2 => (3, "1.38047E+10", RowFault.PhoneCutShort),
            3 => (1, "广场舞队", RowFault.TeamUnknown),
            4 => (4, "？", RowFault.SexUnknown),
            5 => (5, "1962年2月30日", RowFault.DateImpossible),
            6 => (6, "火星族", RowFault.EthnicityUnknown),
            _ => (3, PhoneOf(1), RowFault.PhoneTwiceInFile),
        };
        cells[column] = value;
        Faults.Add($"{"ABCDEFGHIJK"[column]}{row} {fault}");
        return cells;
    }

    private static object Phone(int n) => (n % 6) switch
    {
        0 => PhoneOf(n),
        1 => long.Parse(PhoneOf(n), System.Globalization.CultureInfo.InvariantCulture),
        2 => string.Concat(PhoneOf(n).Select(c => (char)(c - '0' + '０'))),
        3 => "+86 " + PhoneOf(n),
        4 => $"{PhoneOf(n)[..3]} {PhoneOf(n)[3..7]} {PhoneOf(n)[7..]}",
        _ => $"{PhoneOf(n)[..3]}-{PhoneOf(n)[3..7]}-{PhoneOf(n)[7..]}",
    };

    private static object? Born(int n)
    {
        var day = new DateOnly(1950, 1, 1).AddDays(n * 5);
        return (n % 7) switch
        {
            0 => day,
            1 => day.ToString("yyyy-M-d", System.Globalization.CultureInfo.InvariantCulture),
            2 => day.ToString("yyyy'年'M'月'd'日'", System.Globalization.CultureInfo.InvariantCulture),
            3 => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
            4 => day.ToString("yyyy.MM", System.Globalization.CultureInfo.InvariantCulture),
            5 => (int)day.ToDateTime(default).ToOADate(),
            _ => null,
        };
    }
}
