namespace VolunteerHub.Web.Platform.Documents;

/// <summary>Rows over which one cell reaches down.</summary>
internal sealed record MergedArea(int First, int Last, int Column);

/// <summary>
/// Values that are shown once for several rows: each is kept when it comes by, and said again in the rows below.
/// Areas of a sheet do not overlap: at most one reaches down in each column.
/// </summary>
internal sealed class MergedAreas(IEnumerable<MergedArea> areas)
{
    private readonly Queue<MergedArea> _ahead = new(areas.OrderBy(a => a.First));
    private readonly Dictionary<int, (MergedArea Area, TableCell Value)> _open = [];

    /// <summary>Fills in a row; rows come in their order.</summary>
    public void Fill(int row, List<TableCell> cells)
    {
        while (_ahead.TryPeek(out var next) && next.First <= row)
        {
            _ahead.Dequeue();
            if (next.First == row) _open[next.Column] = (next, next.Column < cells.Count ? cells[next.Column] : TableCell.Blank);
        }

        // A row that is otherwise blank is not one.
        if (_open.Count == 0 || cells.Count == 0) return;
        foreach (var (column, (area, value)) in _open)
        {
            if (row <= area.First || row > area.Last || value.Text.Length == 0) continue;
            while (cells.Count <= column) cells.Add(TableCell.Blank);
            if (cells[column].Text.Length == 0) cells[column] = value;
        }
    }
}
