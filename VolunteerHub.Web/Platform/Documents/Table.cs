using System.Globalization;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>What is taken in of a file at most. A file of a few kilobytes may hold gigabytes, or a million empty cells.</summary>
/// <param name="FileBytes">As it lies there.</param>
/// <param name="UnpackedBytes">Of all parts of a workbook together.</param>
/// <param name="Parts">Of a workbook.</param>
/// <param name="PackedTimes">How many times larger a part may be than it lies there.</param>
/// <param name="Rows">With content.</param>
/// <param name="Columns">Whatever stands to the right of them is not read.</param>
public sealed record TableLimits(int FileBytes, int UnpackedBytes, int Parts, int PackedTimes, int Rows, int Columns)
{
    public const int Megabyte = 1024 * 1024;

    public static readonly TableLimits Default = new(10 * Megabyte, 50 * Megabyte, 200, 100, 100_000, 256);

    /// <summary>Letters in one cell, as spreadsheets have them.</summary>
    public const int CellLength = 32_767;
}

public enum CellKind
{
    Text,
    Number,
    Date,
}

/// <summary>A cell: what it shows. A date as <c>yyyy-MM-dd</c>, a number with a point and without an exponent where it is exact.</summary>
public readonly record struct TableCell(string Text, CellKind Kind)
{
    public static readonly TableCell Blank = new("", CellKind.Text);
}

/// <summary>A row with something in it.</summary>
/// <param name="Number">As a spreadsheet counts it, from 1.</param>
/// <param name="Cells">From the first column to the last that is not blank.</param>
public sealed record TableRow(int Number, IReadOnlyList<TableCell> Cells)
{
    /// <summary>The cell of a column, counted from 0; blank where the row does not reach.</summary>
    public TableCell this[int column] => column < Cells.Count ? Cells[column] : TableCell.Blank;
}

/// <summary>A table in a file. Rows are read as they are asked for, each time anew.</summary>
public abstract class Table
{
    /// <summary>The visible sheets of a workbook by name; one without a name for other files.</summary>
    public abstract IReadOnlyList<string> Sheets { get; }

    /// <summary>The rows of a sheet that have something in them.</summary>
    /// <exception cref="TableRefusedException">The file is broken further down, or holds too many rows.</exception>
    public abstract IEnumerable<TableRow> Rows(int sheet = 0);

    /// <summary>A, B … Z, AA: the name of a column that is counted from 0.</summary>
    public static string ColumnName(int column)
    {
        var name = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) name = (char)('A' + (rest - 1) % 26) + name;
        return name;
    }

    /// <summary>C17.</summary>
    public static string CellName(int row, int column) => ColumnName(column) + row.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Thrown out of the reading of rows, where only a part of the table was seen; whoever reads answers with the refusal.</summary>
#pragma warning disable CA1032 // It means nothing without its refusal.
public sealed class TableRefusedException(Refusal refusal) : Exception(refusal.GetType().Name)
#pragma warning restore CA1032
{
    public Refusal Refusal => refusal;
}
