using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class ServiceRequestConfiguration : IEntityTypeConfiguration<ServiceRequest>
{
    public void Configure(EntityTypeBuilder<ServiceRequest> builder)
    {
        builder.ToTable("Requests");
        builder.Ignore(r => r.IsOpen).Ignore(r => r.DueOn);
        builder.Property(r => r.Groups).HasConversion<int>();
        builder.OwnsOne(r => r.Phone, phone =>
        {
            phone.Property(p => p.Cipher).HasColumnName("PhoneCipher");
            phone.Property(p => p.WholeIndex).HasColumnName("PhoneWholeIndex");
            phone.Property(p => p.TailIndex).HasColumnName("PhoneTailIndex");
        });
        builder.OwnsMany(r => r.Steps, steps =>
        {
            steps.ToTable("RequestSteps");
            steps.WithOwner().HasForeignKey("Request");
            steps.Property<long>("Id").ValueGeneratedOnAdd();
            steps.HasKey("Id");
        });
        builder.HasOne<Team>().WithMany().HasForeignKey(r => r.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(r => r.RunId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(r => r.Number).IsUnique();
        builder.HasIndex(r => r.TokenHash).IsUnique();
        builder.HasIndex(r => new { r.Status, r.ReceivedAt });
        builder.Property(r => r.Version).IsConcurrencyToken();
    }
}
