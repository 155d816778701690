namespace VolunteerHub.Web.Platform.Documents;

/// <summary>The kinds of table files that people have.</summary>
public enum TableFormat
{
    /// <summary>An Excel workbook.</summary>
    Xlsx,

    /// <summary>Comma-separated text, UTF-8 with a byte order mark so that spreadsheets read it right.</summary>
    Csv,
}

/// <summary>What a sheet of a workbook is like, beside its cells.</summary>
/// <param name="Name">Of the sheet.</param>
/// <param name="HoldsNumbers">In which columns, counted from nought, what is a number is one that a workbook adds up; all else is text.</param>
public sealed record TableShape(string Name, Predicate<int> HoldsNumbers)
{
    public static readonly TableShape OfTexts = new("Sheet1", _ => false);
}

/// <summary>
/// Tables as files. What is written cannot start a formula; what is read was looked at for bombs before it is opened.
/// </summary>
public static class TableFile
{
    /// <summary>Writes a table: headers, then rows. Cells are texts, also where they look like numbers or dates, unless <paramref name="shape"/> says otherwise.</summary>
    /// <param name="stream">Where to; stays open. It is written to synchronously: a file or memory, not an answer on the net.</param>
    /// <param name="format">As what.</param>
    /// <param name="headers">The first row.</param>
    /// <param name="rows">The others; null or empty leaves a cell out.</param>
    /// <param name="shape">Name of the sheet, and where numbers stand that a workbook can add up.</param>
    public static void Write(Stream stream, TableFormat format, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows, TableShape? shape = null)
    {
        using var writer = WriterOf(stream, format, headers, shape);
        foreach (var row in rows) writer.Write(row);
    }

    /// <summary>As <see cref="Write"/>, for rows that arrive while they are written.</summary>
    public static async Task WriteAsync(
        Stream stream, TableFormat format, IReadOnlyList<string> headers, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct = default)
    {
        using var writer = WriterOf(stream, format, headers);
        await foreach (var row in rows.WithCancellation(ct)) writer.Write(row);
    }

    /// <summary>Writes a workbook of several sheets, whose rows arrive while they are written.</summary>
    public static async Task WriteWorkbookAsync(Stream stream, IReadOnlyList<SheetOfRows> sheets, CancellationToken ct = default)
    {
        using var writer = new WorkbookWriter(stream, [.. sheets.Select(s => s.Shape)], sheets[0].Headers);
        foreach (var sheet in sheets)
        {
            if (sheet != sheets[0]) writer.Next(sheet.Headers);
            await foreach (var row in sheet.Rows.WithCancellation(ct)) writer.Write(row);
        }
    }

    public static string ContentTypeOf(TableFormat format) =>
        format == TableFormat.Xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";

    /// <summary>With its dot.</summary>
    public static string ExtensionOf(TableFormat format) => format == TableFormat.Xlsx ? ".xlsx" : ".csv";

    /// <summary>Opens a table file, whatever its name says: the first bytes tell what it is. Nothing of it is in memory yet.</summary>
    /// <param name="path">A file of this machine; stays as it is while the table is used.</param>
    /// <param name="limits">What is taken in at most.</param>
    public static Outcome<Table> Open(string path, TableLimits? limits = null)
    {
        limits ??= TableLimits.Default;
        var length = new FileInfo(path).Length;
        if (length == 0) return new TableFileEmpty();
        if (length > limits.FileBytes) return new TableFileTooLarge(limits.FileBytes / TableLimits.Megabyte);
        try
        {
            return Signature(path) switch
            {
                [0x50, 0x4B, 0x03, 0x04, ..] => WorkbookTable.Open(path, limits),
                [0xD0, 0xCF, 0x11, 0xE0, ..] => OldOffice.Tell(path),
                _ => CsvTable.Open(path, limits),
            };
        }
        catch (TableRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static byte[] Signature(string path)
    {
        using var file = File.OpenRead(path);
        var first = new byte[8];
        var got = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return first[..got];
    }

    private static TableWriter WriterOf(Stream stream, TableFormat format, IReadOnlyList<string> headers, TableShape? shape = null) =>
        format == TableFormat.Xlsx ? new WorkbookWriter(stream, [shape ?? TableShape.OfTexts], headers) : new CsvTableWriter(stream, headers);
}

/// <summary>A sheet of a workbook: what it is like, its first row, and the others.</summary>
public sealed record SheetOfRows(TableShape Shape, IReadOnlyList<string> Headers, IAsyncEnumerable<IReadOnlyList<string?>> Rows);

/// <summary>Writes a table row by row; disposing it ends the file.</summary>
internal abstract class TableWriter : IDisposable
{
    public abstract void Write(IReadOnlyList<string?> row);

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    protected abstract void End();
}
