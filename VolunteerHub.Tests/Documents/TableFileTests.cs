using System.Text;
using CsCheck;
using MiniExcelLibs;
using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Tests.Documents;

/// <summary>Tables as files: what people have is read, what is written is read everywhere, and traps stay shut.</summary>
public sealed class TableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("volunteerhub-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_workbook_is_read_with_its_own_row_numbers_dates_and_merged_values()
    {
        var path = new Workbook()
            .Row("花名册")
            .Skip(1)
            .Row("队伍", "姓名", "生日", "手机")
            .Row("医疗健康队", "张桂兰", new DateOnly(1962, 5, 17), 13804701234)
            .Row(null, "李娜", "1980/1/2", 1.3804701235E10)
            .Merge("A1:D1").Merge("A4:A5")
            .Save(NewPath());

        var rows = Read(path);

        Assert.Equal([1, 3, 4, 5], rows.Select(r => r.Number));
        Assert.Equal(["医疗健康队", "张桂兰", "1962-05-17", "13804701234"], rows[2].Cells.Select(c => c.Text));
        Assert.Equal([CellKind.Text, CellKind.Text, CellKind.Date, CellKind.Number], rows[2].Cells.Select(c => c.Kind));
        Assert.Equal(["医疗健康队", "李娜", "1980/1/2", "13804701235"], rows[3].Cells.Select(c => c.Text));
    }

    [Fact]
    public void Only_sheets_that_people_see_are_offered() =>
        Assert.Equal(["名单"], TableFile.Open(new Workbook().Row("姓名").Save(NewPath())).Value!.Sheets);

    [Fact]
    public void Days_are_counted_from_1904_where_the_workbook_says_so()
    {
        var workbook = new Workbook { From1904 = true };
        Assert.Equal("1962-05-17", Read(workbook.Row(new DateOnly(1962, 5, 17)).Save(NewPath()))[0][0].Text);
    }

    [Fact]
    public void What_another_program_wrote_is_read()
    {
        var path = NewPath();
        MiniExcel.SaveAs(path, new[] { new { 姓名 = "张桂兰", 生日 = new DateTime(1962, 5, 17), 年龄 = 64 } });
        var rows = Read(path);
        Assert.Equal(["姓名", "生日", "年龄"], rows[0].Cells.Select(c => c.Text));
        Assert.Equal(["张桂兰", "1962-05-17", "64"], rows[1].Cells.Select(c => c.Text));
    }

    [Fact]
    public void What_is_written_another_program_reads()
    {
        var path = NewPath();
        using (var file = File.Create(path)) TableFile.Write(file, TableFormat.Xlsx, ["姓名", "手机号码"], [["张桂兰", "13804701234"], ["=1+1", null]]);
        var rows = MiniExcel.Query(path, useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(("张桂兰", "13804701234"), (rows[0]["姓名"], rows[0]["手机号码"]));
        Assert.Equal(("'=1+1", (object?)null), (rows[1]["姓名"], rows[1]["手机号码"]));
    }

    [Fact]
    public void Columns_of_numbers_are_added_up_and_a_number_elsewhere_stays_a_text()
    {
        var path = NewPath();
        using (var file = File.Create(path)) TableFile.Write(file, TableFormat.Xlsx, ["姓名", "手机号码", "时长"], [["张桂兰", "13804701234", "2.5"], ["李娜", null, "-0.5"], ["合计", null, "无"]], new TableShape("时长/合计", column => column == 2));
        Assert.Equal(["时长合计"], MiniExcel.GetSheetNames(path));
        var rows = MiniExcel.Query(path, useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(("13804701234", 2.5, -0.5, "无"), (rows[0]["手机号码"], rows[0]["时长"], rows[1]["时长"], rows[2]["时长"]));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("GB18030", false)]
    [InlineData("utf-16", true)]
    public void A_text_is_read_in_the_encodings_that_there_are(string encoding, bool mark)
    {
        var path = NewPath(".csv");
        var how = encoding == "GB18030" ? CodePagesEncodingProvider.Instance.GetEncoding(encoding)! : Encoding.GetEncoding(encoding);
        File.WriteAllBytes(path, [.. mark ? how.GetPreamble() : [], .. how.GetBytes("姓名,住址\r\n阿依古丽·买买提,\"镕园㐀号,2 单元\"\r\n")]);
        var rows = Read(path);
        Assert.Equal(["姓名", "住址"], rows[0].Cells.Select(c => c.Text));
        Assert.Equal(["阿依古丽·买买提", "镕园㐀号,2 单元"], rows[1].Cells.Select(c => c.Text));
    }

    [Theory]
    [InlineData("姓名,手机\n张,1\n")]
    [InlineData("姓名;手机\r\n张;1")]
    [InlineData("姓名\t手机\r张\t1\r")]
    [InlineData("sep=;\r\n姓名;手机\r\n张;=\"1\"\r\n")]
    public void Columns_are_told_by_what_stands_between_them(string text)
    {
        var rows = Read(Text(text));
        Assert.Equal([1, 2], rows.Select(r => r.Number));
        Assert.Equal("张|1", string.Join('|', rows[1].Cells.Select(c => c.Text)));
    }

    [Fact]
    public void What_a_cell_holds_in_quotation_marks_parts_no_columns()
    {
        var rows = Read(Text("姓名,备注\n张,\";;;;\"\"\n;;;;\"\n李,5\" 管\n"));
        Assert.Equal("张|;;;;\"\n;;;;", string.Join('|', rows[1].Cells.Select(c => c.Text)));
        Assert.Equal("李|5\" 管", string.Join('|', rows[2].Cells.Select(c => c.Text)));
    }

    [Fact]
    public void A_cell_with_line_breaks_is_one_cell_and_blank_rows_count()
    {
        var rows = Read(Text("姓名,备注\n\n\"张\"\"桂\"\"兰\",\"一\n二\"\n李娜,三\n"));
        Assert.Equal([1, 3, 4], rows.Select(r => r.Number));
        Assert.Equal(["张\"桂\"兰", "一\n二"], rows[1].Cells.Select(c => c.Text));
    }

    [Fact]
    public void No_text_starts_a_formula_and_every_text_comes_back() =>
        Gen.Char["=+-@'\t\r\n ,;\"＝a一"].Array[0, 6].Select(c => new string(c)).Array[1, 4].Sample(cells =>
        {
            Assert.All(cells, text =>
            {
                var guarded = FormulaGuard.Guard(text);
                Assert.Equal(text, FormulaGuard.Strip(guarded));
                Assert.DoesNotMatch(@"^\s*[=+\-@＝]|^[\t\r\n]", guarded);
            });
            foreach (var format in Enum.GetValues<TableFormat>())
            {
                var path = NewPath();
                using (var file = File.Create(path)) TableFile.Write(file, format, ["x"], [["|", .. cells, "|"]]);
                var row = Read(path)[1].Cells.Select(c => c.Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')).ToList();
                Assert.Equal(["|", .. cells.Select(c => c.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')), "|"], row);
            }
        }, iter: 300);

    [Theory]
    [InlineData("-0.5", "-0.5")]
    [InlineData("-1800", "-1800")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("-A1", "'-A1")]
    [InlineData("-", "'-")]
    [InlineData("+1", "'+1")]
    public void A_plain_number_below_nought_starts_no_formula(string text, string written)
    {
        Assert.Equal(written, FormulaGuard.Guard(text));
        Assert.Equal(text, FormulaGuard.Strip(written));
    }

    [Fact]
    public void What_is_no_table_is_told_by_what_it_is()
    {
        Assert.IsType<TableFileEmpty>(Refusal(Bytes()));
        Assert.IsType<TableFileIsOldWorkbook>(Refusal(Bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]])));
        Assert.IsType<TableFileIsLocked>(Refusal(Bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")])));
        Assert.IsType<TableFileUnknown>(Refusal(Bytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D])));
        Assert.IsType<TableFileIsWebPage>(Refusal(Text("  <html><table><tr><td>姓名</td></tr></table></html>")));
        Assert.IsType<TableFileDamaged>(Refusal(Bytes([0x50, 0x4B, 0x03, 0x04, .. new byte[200]])));
        Assert.IsType<TableFileUnknown>(Refusal(ZipOf(("word/document.xml", "<w/>"))));
        Assert.IsType<TableFileDamaged>(Refusal(Text("姓名,备注\n张,\"没有结束\n李,三\n")));
        Assert.IsType<TableFileDamaged>(Refusal(new Workbook().Raw("<row r=\"1\"><c><v>1</v></row>").Save(NewPath())));
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_opened() =>
        Assert.Equal(new TableFileTooLarge(10), Refusal(Bytes(new byte[10 * 1024 * 1024 + 1])));

    [Fact]
    public void A_workbook_that_unpacks_to_more_than_it_may_is_not_opened()
    {
        var path = new Workbook();
        var noise = new Random(7);
        // Not tightly packed, and yet more than fifty megabytes.
        for (var part = 0; part < 6; part++) path.With($"xl/media/{part}.bin", string.Concat(Enumerable.Range(0, 600_000).Select(_ => (char)('a' + noise.Next(2)) + "aaaaaaaaaaaaaaa")));
        Assert.Equal(new TableUnpacksTooLarge(50), Refusal(path.Save(NewPath())));
    }

    [Fact]
    public void A_part_that_is_packed_like_a_trap_is_not_opened() =>
        Assert.Equal(new TableIsPackedTooTightly(100), Refusal(new Workbook().With("xl/drawing.xml", "<a>" + new string(' ', 5_000_000) + "</a>").Save(NewPath())));

    [Fact]
    public void A_workbook_of_hundreds_of_parts_is_not_opened()
    {
        var workbook = new Workbook().Row("姓名");
        for (var part = 0; part < 200; part++) workbook.With($"xl/media/{part}.bin", "x");
        Assert.Equal(new TableHasTooManyParts(200), Refusal(workbook.Save(NewPath())));
    }

    [Theory]
    [InlineData("<!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">")]
    public void A_part_with_a_document_type_is_not_opened(string prolog)
    {
        var workbook = new Workbook { Prolog = prolog };
        Assert.IsType<TableNamesOutsideThings>(Refusal(workbook.Row("姓名").Save(NewPath())));
    }

    [Fact]
    public void A_cell_far_to_the_right_costs_nothing()
    {
        var workbook = new Workbook().Raw("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>1</v></c></row>");
        for (var row = 2; row <= 20_000; row++) workbook.Raw($"<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>");
        var path = workbook.Save(NewPath());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.All(Read(path), row => Assert.True(row.Cells.Count == 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000_000);
    }

    [Fact]
    public void What_parts_the_columns_shows_below_a_title_too() =>
        Assert.Equal(["张", "1"], Read(Text("志愿者花名册\n姓名;手机\n张;1\n"))[2].Cells.Select(c => c.Text));

    [Fact]
    public async Task Thousands_of_merged_areas_cost_no_more_than_their_rows()
    {
        var workbook = new Workbook();
        for (var row = 1; row <= 20_000; row++) workbook.Raw($"<row r=\"{row}\"><c r=\"B{row}\"><v>{row}</v></c></row>");
        for (var area = 1; area <= 20_000; area++) workbook.Merge($"A{area}:A1000000");
        // Row by row and area by area it would not end.
        var rows = await Task.Run(() => Read(workbook.Save(NewPath())), TestContext.Current.CancellationToken).WaitAsync(Patience.Guard, TestContext.Current.CancellationToken);
        Assert.Equal(20_000, rows.Count);
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public void A_hundred_thousand_rows_are_taken_and_one_more_is_not(TableFormat format)
    {
        Assert.Equal(100_001, Read(Numbers(100_000)).Count);
        Assert.Equal(new TableHasTooManyRows(100_000), Refusal(Numbers(100_001)));

        string Numbers(int count)
        {
            var path = NewPath();
            using var file = File.Create(path);
            TableFile.Write(file, format, ["姓名"], Enumerable.Range(1, count).Select(n => new[] { $"{n}" }));
            return path;
        }
    }

    /// <summary>Of opening, or of reading to the end.</summary>
    private static Refusal? Refusal(string path)
    {
        var opened = TableFile.Open(path);
        if (opened.Refused) return opened.Refusal;
        try
        {
            _ = opened.Value.Rows().Count();
            return null;
        }
        catch (TableRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static List<TableRow> Read(string path) => [.. TableFile.Open(path).Value!.Rows()];

    private string NewPath(string ending = ".xlsx") => Path.Combine(_folder, Guid.CreateVersion7().ToString("N") + ending);

    private string Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    private string Bytes(params byte[] bytes)
    {
        var path = NewPath();
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string ZipOf(params (string Name, string Content)[] parts)
    {
        var path = NewPath();
        using var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create);
        foreach (var (name, content) in parts)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(content);
        }

        return path;
    }
}
